namespace Lifeguard.Domain;

/// <summary>Where confirmation codes come from. Test controls may pin them; nothing else does.</summary>
public sealed class ConfirmationCodes(RandomSource random)
{
    /// <summary>Every code from now on; null for random ones.</summary>
    public string? Fixed { get; set; }

    /// <summary>Codes drawn from a seeded source; null for the deployment's own.</summary>
    public RandomSource? Seeded { get; set; }

    /// <summary>Six digits unless asked otherwise, leading zeros possible (observed).</summary>
    public string Next(int digits = 6) => Fixed ?? (Seeded ?? random).Digits(digits);
}
