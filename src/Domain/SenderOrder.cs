namespace Lifeguard.Domain;

/// <summary>What a function needs that delivers a message in the pool's place.</summary>
/// <param name="KeyArn">Under which key the code travels.</param>
/// <param name="Source">The event's trigger source.</param>
/// <param name="Event">The event as JSON, but for the code, which is put in when it leaves.</param>
/// <param name="Code">A code or temporary password; null for messages without.</param>
public sealed record SenderOrder(
    string FunctionArn, string KeyArn, string Source, string Event, string? Code)
{
    /// <summary>Never prints its members: there is a code among them.</summary>
    public override string ToString() => $"SenderOrder {Source}";
}
