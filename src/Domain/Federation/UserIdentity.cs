namespace Lifeguard.Domain.Federation;

/// <summary>Which user an identity at a provider opens.</summary>
/// <param name="ProviderId">Of the provider, whatever it is called.</param>
/// <param name="Attribute"><see cref="LinkRules.Subject"/>, or an attribute that the provider's mapping
/// fills, until the first sign-in tells the subject.</param>
/// <param name="Value">Of the attribute; case matters whatever the pool says (doc).</param>
/// <param name="IsPrimary">The user came into being by signing in with it.</param>
public sealed record UserIdentity(
    string PoolId, string ProviderId, string Attribute, string Value, string Sub, bool IsPrimary);
