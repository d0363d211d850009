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

/// <summary>In which replicas of a pool an operation works; in the pool's own region each does.</summary>
public enum ReplicaUse
{
    /// <summary>Only in the pool's own region.</summary>
    Never,

    /// <summary>In replicas that serve end users.</summary>
    Active,

    /// <summary>In replicas that are not active, too.</summary>
    Always,
}

/// <summary>What the contract says about one operation beside its shapes.</summary>
/// <param name="Name">The service's name, as in <c>X-Amz-Target</c>.</param>
/// <param name="Authority">Who may call it.</param>
/// <param name="Room">The folder, and last part of the namespace, that holds its handler.</param>
/// <param name="RateCategory">The quota it draws on, as the service calls it: <c>UserCreation</c>.</param>
/// <param name="Errors">The error codes it may answer with, sorted.</param>
/// <param name="HasOutput">False when the answer is an empty body (<see cref="NoContent"/>).</param>
/// <param name="Replicas">In which replicas of a pool it works.</param>
public sealed record OperationFacts(
    string Name,
    Authority Authority,
    string Room,
    string RateCategory,
    IReadOnlyList<string> Errors,
    bool HasOutput,
    ReplicaUse Replicas = ReplicaUse.Never);
