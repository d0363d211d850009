using System.Text.Json;

namespace Lifeguard.Domain.Federation;

/// <summary>What an identity provider says of somebody, once its answer is verified.</summary>
/// <param name="Subject">Who it is, in the provider's own terms: <c>sub</c>, <c>id</c>, <c>user_id</c> or the
/// NameID. Never empty.</param>
/// <param name="Claims">By the provider's names, each as the text that an attribute would get.</param>
/// <param name="Parts">The parts of the answer as the trigger is told them: <c>tokenResponse</c>,
/// <c>idToken</c> and <c>userInfo</c>, or <c>samlResponse</c>.</param>
public sealed record FederatedProfile(
    string Subject,
    IReadOnlyDictionary<string, string> Claims,
    IReadOnlyList<KeyValuePair<string, JsonElement>> Parts)
{
    /// <summary>Never prints its members: they hold tokens.</summary>
    public override string ToString() => nameof(FederatedProfile);
}
