using Lifeguard.Domain.Groups;

namespace Lifeguard.Domain.Tokens;

/// <summary>What the PreTokenGeneration trigger changes in the tokens that are about to be made.</summary>
public sealed record TokenChanges
{
    /// <summary>Nothing is changed.</summary>
    public static readonly TokenChanges None = new();

    public ClaimChanges Id { get; init; } = ClaimChanges.None;

    public ClaimChanges Access { get; init; } = ClaimChanges.None;

    public IReadOnlyList<string> AddedScopes { get; init; } = [];

    public IReadOnlyList<string> SuppressedScopes { get; init; } = [];

    /// <summary>The groups that both tokens tell instead of the user's; null leaves those.</summary>
    public GroupClaims? Groups { get; init; }

    /// <summary>The scopes of the access token. Suppression wins (doc).</summary>
    public IReadOnlyList<string> Scopes(IReadOnlyList<string> granted) =>
        AddedScopes.Count == 0 && SuppressedScopes.Count == 0
            ? granted
            : [.. granted.Concat(AddedScopes).Distinct().Except(SuppressedScopes)];
}
