using Lifeguard.Contract;

namespace Lifeguard.Operations;

/// <summary>A call as it came in, before anything about it is believed.</summary>
public sealed record WireRequest
{
    /// <summary>Request id given by this server.</summary>
    public required string Id { get; init; }

    /// <summary>The header <c>X-Amz-Target</c>.</summary>
    public required string Target { get; init; }

    public required string Method { get; init; }

    /// <summary>Path as it was sent, still encoded.</summary>
    public required string Path { get; init; }

    /// <summary>Query without the question mark, still encoded.</summary>
    public required string Query { get; init; }

    /// <summary>The value of a header; several of one name are joined with a comma; null for none.</summary>
    public required Func<string, string?> Header { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The region that the path names, in the form of a region; null for none.</summary>
    public string? Region { get; init; }

    /// <summary>The caller's address.</summary>
    public required string Source { get; init; }

    public CancellationToken Cancelled { get; init; }
}

/// <summary>The answer to a call: an output shape, or an error.</summary>
public abstract record WireAnswer
{
    private WireAnswer() { }

    /// <summary>HTTP 200 with <paramref name="Body"/>; an empty
    /// body where the operation has no output shape.</summary>
    public sealed record Success(IShape Body, bool HasOutput) : WireAnswer;

    /// <summary>An error of the service.</summary>
    /// <param name="Text">Null where the service sends none.</param>
    public sealed record Failure(int Status, string Code, string? Text) : WireAnswer;
}
