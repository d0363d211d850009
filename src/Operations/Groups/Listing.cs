using Lifeguard.Domain;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Operations.Groups;

/// <summary>One page of a listing, as a request asks for it.</summary>
/// <param name="Scope">What makes it this listing and no other: a token is good for no other.</param>
/// <param name="Limit">Zero stands for the default (doc).</param>
internal sealed record Listing(string Operation, string Scope, int? Limit, string? NextToken)
{
    private const int MaxSize = 60;

    public int Size => Limit is null or 0 ? MaxSize : Limit.Value;

    /// <summary>Where the page before ended; null for the first page.</summary>
    /// <exception cref="ApiException">InvalidParameterException: the token is not one of this
    /// listing.</exception>
    public string? Position(PageToken tokens, DateTimeOffset now) =>
        NextToken is null ? null : tokens.Open(Operation, Scope, NextToken, now);

    /// <summary>The token of the next page; null after the last.</summary>
    /// <param name="found">Up to one more than the page holds, which tells whether another one
    /// follows.</param>
    public string? Next<T>(
        PageToken tokens, IReadOnlyList<T> found, Func<T, string> position, DateTimeOffset now) =>
        found.Count > Size ? tokens.Seal(Operation, Scope, position(found[Size - 1]), now) : null;
}
