using Lifeguard.Contract;

namespace Lifeguard.Domain.Sessions;

/// <summary>What is refused about sessions. No answer of the service is known: all texts are own
/// words.</summary>
public static class SessionRefusals
{
    public static ApiException NotTracked() => new(
        Errors.OperationNotEnabledException, "User session tracking is not enabled for the user pool.");

    public static ApiException NotFound() =>
        new(Errors.ResourceNotFoundException, "Session does not exist.");

    public static ApiException Current() =>
        Reject.InvalidParameter("The session of the access token cannot be revoked.");
}
