namespace Lifeguard.Domain;

/// <summary>
/// The only exception that becomes a wire error: <see cref="Code"/> is sent as <c>__type</c> and the message
/// as <c>message</c>. Whether an operation may answer with it is a fact of the contract.
/// </summary>
public sealed class ApiException(string code, string? message) : Exception(message ?? code)
{
    /// <summary>The shape name, such as <c>UserNotFoundException</c>.</summary>
    public string Code { get; } = code;

    /// <summary>The text the client reads; null where the service sends none.</summary>
    public string? Text { get; } = message;

    /// <summary>HTTP status: 400 for what the caller did, 500 for what the server did.</summary>
    public int Status { get; init; } = 400;
}
