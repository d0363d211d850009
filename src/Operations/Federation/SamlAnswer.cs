using Lifeguard.Domain.Federation;

namespace Lifeguard.Operations.Federation;

/// <summary>What a SAML provider has said, once it is verified.</summary>
/// <param name="Profile">Who it is; the claims by the names of the attributes.</param>
/// <param name="Session">What a sign-out has to name.</param>
public sealed record SamlAnswer(FederatedProfile Profile, SamlSession Session)
{
    /// <summary>Never prints its members: they tell of a person.</summary>
    public override string ToString() => nameof(SamlAnswer);
}
