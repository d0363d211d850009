using System.Text.Json;

namespace Lifeguard.Contract;

/// <summary>The answer of an operation that has no output: status 200 with an empty body.</summary>
public sealed record NoContent : IShape<NoContent>
{
    /// <summary>The only value there is.</summary>
    public static readonly NoContent Instance = new();

    private NoContent()
    {
    }

    /// <inheritdoc />
    public static NoContent Read(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return Instance;
    }

    /// <summary>Writes nothing, not even an object.</summary>
    public void Write(Utf8JsonWriter writer)
    {
    }

    /// <inheritdoc />
    public void Check(Violations violations, MemberPath path)
    {
    }

    /// <inheritdoc />
    public override string ToString() => nameof(NoContent);
}
