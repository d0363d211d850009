namespace Lifeguard.Contract;

/// <summary>Who may call an operation.</summary>
public enum Authority
{
    /// <summary>A caller whose request is signed (SigV4) with an access key.</summary>
    Administrator,

    /// <summary>A user, by the access token in the request.</summary>
    SignedInUser,

    /// <summary>
    /// Anyone; what the request holds (client id, secret hash, session, token) is the handler's matter.
    /// </summary>
    Public,
}

/// <summary>What the contract says about one operation beside its shapes.</summary>
/// <param name="Name">The service's name, as in <c>X-Amz-Target</c>.</param>
/// <param name="Authority">Who may call it.</param>
/// <param name="Room">The folder, and last part of the namespace, that holds its handler.</param>
/// <param name="RateCategory">The quota it draws on, as the service calls it: <c>UserCreation</c>.</param>
/// <param name="Errors">The error codes it may answer with, sorted.</param>
/// <param name="HasOutput">False when the answer is an empty body (<see cref="NoContent"/>).</param>
public sealed record OperationFacts(
    string Name,
    Authority Authority,
    string Room,
    string RateCategory,
    IReadOnlyList<string> Errors,
    bool HasOutput);
