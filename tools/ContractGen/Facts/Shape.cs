#pragma warning disable CA1720 // The kinds are named with the words of the model.
namespace Lifeguard.ContractGen.Facts;

/// <summary>The kinds of shape in the facts file.</summary>
public enum ShapeKind
{
    /// <summary>Text, perhaps one of a set of values.</summary>
    String,

    /// <summary>A whole number of 32 bits.</summary>
    Integer,

    /// <summary>A whole number of 64 bits.</summary>
    Long,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>An instant.</summary>
    Timestamp,

    /// <summary>Bytes, base64 on the wire.</summary>
    Blob,

    /// <summary>Any JSON value.</summary>
    Document,

    /// <summary>A list of one element shape.</summary>
    List,

    /// <summary>A map from strings to one value shape.</summary>
    Map,

    /// <summary>Named members.</summary>
    Structure,

    /// <summary>An error that an operation may answer.</summary>
    Error,
}

/// <summary>One shape with what the facts and the overlay say about it.</summary>
public sealed record Shape(string Name, ShapeKind Kind)
{
    /// <summary>Smallest length or value.</summary>
    public long? Min { get; init; }

    /// <summary>Largest length or value.</summary>
    public long? Max { get; init; }

    /// <summary>The pattern as the service prints it.</summary>
    public string? Pattern { get; init; }

    /// <summary>The pattern that values are really matched with, where it is not the printed one.</summary>
    public string? Matched { get; init; }

    /// <summary>The only values allowed.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>Whether values must never be printed.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>Whether an error is the server's own (status 500).</summary>
    public bool IsFault { get; init; }

    /// <summary>Element of a list.</summary>
    public string? Element { get; init; }

    /// <summary>Key of a map.</summary>
    public string? Key { get; init; }

    /// <summary>Value of a map.</summary>
    public string? Value { get; init; }

    /// <summary>Members of a structure or error, in the model's order.</summary>
    public IReadOnlyList<Member> Members { get; init; } = [];

    /// <summary>Whether it is a string with a set of values.</summary>
    public bool IsEnum => Values is not null;
}

/// <summary>One member of a structure.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Shape">The name of its shape.</param>
/// <param name="IsRequired">Whether a request without it is refused.</param>
/// <param name="IsAlwaysSent">Whether it is sent empty rather than left out.</param>
public sealed record Member(string Name, string Shape, bool IsRequired, bool IsAlwaysSent);

/// <summary>One operation.</summary>
public sealed record Operation(
    string Name,
    string Authority,
    string Room,
    string Rate,
    string Input,
    string? Output,
    IReadOnlyList<string> Errors,
    string Replicas);
