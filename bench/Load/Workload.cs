using System.Text.Json.Nodes;

namespace Lifeguard.Load;

/// <summary>What a measurement is held against.</summary>
internal enum FloorKind
{
    None,

    /// <summary>Argon2id alone.</summary>
    Hash,

    /// <summary>RS256 signatures alone.</summary>
    Signature,

    /// <summary>Durable commits of a row in the same database.</summary>
    Commit,

    /// <summary>Durable commits or hashes, whichever machine resource gives out first.</summary>
    CommitAndHash,

    /// <summary>Kestrel with the same payload.</summary>
    Echo,
}

/// <summary>One kind of call, to be made again and again.</summary>
/// <param name="Operation">Its name on the wire.</param>
/// <param name="Make">The body of the call of this number; never called for <see cref="Limit"/> or more.</param>
internal sealed record Workload(string Operation, Func<int, JsonObject> Make)
{
    /// <summary>What tells it from others of the same operation.</summary>
    public string Variant { get; init; } = "";

    public string Name => Variant.Length == 0 ? Operation : $"{Operation} {Variant}";

    /// <summary>Made by an administrator, hence signed.</summary>
    public bool IsSigned { get; init; } = true;

    /// <summary>How many calls there can be: some use up what was prepared for them.</summary>
    public int Limit { get; init; } = int.MaxValue;

    public FloorKind Floor { get; init; }

    /// <summary>How many units of the floor a call takes.</summary>
    public int Units { get; init; } = 1;

    /// <summary>The least ratio to the floor; null where no budget is set.</summary>
    public double? Budget { get; init; }

    /// <summary>Worth the time until the JIT compiler has finished with it.</summary>
    public bool MustBeWarm { get; init; }

    /// <summary>Gets number and body of each answer, once the measurement is over.</summary>
    public Action<int, JsonObject>? Collect { get; init; }
}
