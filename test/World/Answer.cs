using System.Text.Json.Nodes;

namespace Lifeguard.Worlds;

/// <summary>The answer to a call, as the wire would show it.</summary>
/// <param name="Code">Error type; null for success.</param>
/// <param name="Body">The output; null for an error and for operations without output.</param>
public sealed record Answer(int Status, string? Code, string? Message, JsonObject? Body)
{
    public bool IsSuccess => Code is null;

    /// <summary>A member of the output.</summary>
    public JsonNode? this[string member] => Body?[member];

    /// <summary>Code and message in one line, or <c>200</c>: what tests compare.</summary>
    public override string ToString() => IsSuccess ? "200" : $"{Code}: {Message}";
}
