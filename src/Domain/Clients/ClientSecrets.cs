namespace Lifeguard.Domain.Clients;

/// <summary>Secrets of app clients.</summary>
public static class ClientSecrets
{
    /// <summary>Characters of a generated secret (observed).</summary>
    public const int GeneratedLength = 51;

    /// <summary>The secrets of a new client: one, or none for a public client.</summary>
    /// <param name="generate">The service is asked to make one up.</param>
    /// <param name="own">The caller's own; cannot be together with <paramref name="generate"/> (doc).</param>
    /// <exception cref="ApiException">InvalidParameterException: both are wanted.</exception>
    public static IReadOnlyList<ClientSecret> ForNew(
        string clientId, bool generate, string? own, RandomSource random, DateTimeOffset now)
    {
        if (generate && own is not null) throw ClientRefusals.TwoSecrets();
        if (own is null && !generate) return [];
        return [New(clientId, own ?? random.LowerAlphanumeric(GeneratedLength), now)];
    }

    /// <summary>A secret under the id that the service would give it (doc).</summary>
    public static ClientSecret New(string clientId, string value, DateTimeOffset now) =>
        new($"{clientId}--{now.ToUnixTimeSeconds()}", value, now);
}
