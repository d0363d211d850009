namespace Lifeguard.Contract;

/// <summary>
/// A body that is not the JSON the contract asks for; answered with status 400 and type
/// <c>SerializationException</c>. Never carries any part of the body.
/// </summary>
public sealed class SerializationException : Exception
{
    /// <summary>A body that is no object at all.</summary>
    public const string ExpectedMap = "Expected map or null";

    /// <summary>An object or array where a single value belongs.</summary>
    public const string UnexpectedStart = "Start of structure or map found where not expected.";

    /// <summary>A body that was refused, with the text for the caller, if the service has one.</summary>
    public SerializationException(string? text = null)
        : base(text ?? "The body is not the JSON that the contract asks for.")
    {
        Text = text;
    }

    /// <summary>What the service says about it (observed), or null where it sends no message.</summary>
    public string? Text { get; }
}
