using Lifeguard.Domain.SignIns;

namespace Lifeguard.Operations.Triggers;

/// <summary>Why tokens are made, as the PreTokenGeneration trigger is told (doc).</summary>
public static class TokenSource
{
    public const string Authentication = "TokenGeneration_Authentication";
    public const string NewPasswordChallenge = "TokenGeneration_NewPasswordChallenge";
    public const string AuthenticateDevice = "TokenGeneration_AuthenticateDevice";
    public const string RefreshTokens = "TokenGeneration_RefreshTokens";
    public const string ClientCredentials = "TokenGeneration_ClientCredentials";

    /// <summary>A sign-in on the hosted pages.</summary>
    public const string HostedAuth = "TokenGeneration_HostedAuth";

    /// <summary>Of a sign-in by the API. The device comes last of all, so its proof is what leads to
    /// tokens.</summary>
    public static string Of(SignInProgress progress)
    {
        if (progress.HasDevice) return AuthenticateDevice;
        return progress.HasNewPassword ? NewPasswordChallenge : Authentication;
    }
}

/// <summary>The making of tokens that the PreTokenGeneration trigger is asked about.</summary>
/// <param name="Source">One of <see cref="TokenSource"/>.</param>
/// <param name="ClientMetadata">Of the call; null where it does not reach the trigger.</param>
public sealed record TokenOccasion(string Source, IReadOnlyDictionary<string, string>? ClientMetadata)
{
    /// <summary>Never prints its members.</summary>
    public override string ToString() => $"TokenOccasion {Source}";
}
