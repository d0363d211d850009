namespace Lifeguard.Web.Pages.ManagedLogin.Models;

/// <summary>Which second factor to use.</summary>
internal sealed record ChooseMfaModel : StepModel
{
    public required IReadOnlyList<FactorChoice> Factors { get; init; }
}

/// <summary>Which second factor to set up.</summary>
internal sealed record SetUpMfaModel : StepModel
{
    public required IReadOnlyList<FactorChoice> Factors { get; init; }
}

/// <summary>An authenticator app to be set up.</summary>
internal sealed record SetUpTotpModel : StepModel
{
    /// <summary>In Base32.</summary>
    public required string Secret { get; init; }

    /// <summary>What the app shows above the codes: the application or the pool.</summary>
    public required string Issuer { get; init; }

    public string DeviceName { get; init; } = "";

    public string? CodeError { get; init; }

    public string? DeviceNameError { get; init; }

    /// <summary>There are other factors to set up.</summary>
    public bool CanChooseOther { get; init; }
}

/// <summary>A phone that is to get codes.</summary>
internal sealed record SetUpPhoneModel : StepModel
{
    public string PhoneNumber { get; init; } = "";

    public string? PhoneNumberError { get; init; }

    public bool CanChooseOther { get; init; }
}

/// <summary>An address that is to get codes.</summary>
internal sealed record SetUpEmailModel : StepModel
{
    public string Email { get; init; } = "";

    public string? EmailError { get; init; }

    public bool CanChooseOther { get; init; }
}
