using Lifeguard.Contract;

namespace Lifeguard.Domain;

/// <summary>
/// The service's refusals, each in the service's own words. Texts marked "own words" are ours because no
/// answer of the real service is known; clients should look at the type there.
/// </summary>
public static class Reject
{
    /// <summary>The one text of every per-user hourly limit (observed).</summary>
    public const string AttemptLimit = "Attempt limit exceeded, please try after some time.";

    public static ApiException InvalidParameter(string message) =>
        new(Errors.InvalidParameterException, message);

    public static ApiException NotAuthorized(string message) =>
        new(Errors.NotAuthorizedException, message);

    public static ApiException PoolNotFound(string poolId) =>
        new(Errors.ResourceNotFoundException, $"User pool {poolId} does not exist.");

    public static ApiException ClientNotFound(string clientId) =>
        new(Errors.ResourceNotFoundException, $"User pool client {clientId} does not exist.");

    /// <summary>For administrators and sign-in.</summary>
    public static ApiException UserNotFound() =>
        new(Errors.UserNotFoundException, "User does not exist.");

    /// <summary>For the public confirmation and recovery
    /// operations of clients that reveal existence.</summary>
    public static ApiException UsernameClientNotFound() =>
        new(Errors.UserNotFoundException, "Username/client id combination not found.");

    public static ApiException UserDisabled() => NotAuthorized("User is disabled.");

    public static ApiException WrongPassword() => NotAuthorized("Incorrect username or password.");

    public static ApiException PasswordAttemptsExceeded() => NotAuthorized("Password attempts exceeded");

    public static ApiException UserNotConfirmed() =>
        new(Errors.UserNotConfirmedException, "User is not confirmed.");

    public static ApiException PasswordResetRequired() =>
        new(Errors.PasswordResetRequiredException, "Password reset required for the user");

    public static ApiException TemporaryPasswordExpired() =>
        NotAuthorized("Temporary password has expired and must be reset by an administrator.");

    public static ApiException CannotResetInThisState() =>
        NotAuthorized("User password cannot be reset in the current state.");

    public static ApiException RecoveryByAdministratorOnly() =>
        NotAuthorized("Contact administrator to reset password.");

    public static ApiException NoRecoveryContact() => InvalidParameter(
        "Cannot reset password for the user as there is no registered/verified email or phone_number");

    public static ApiException CodeMismatch() =>
        new(Errors.CodeMismatchException, "Invalid verification code provided, please try again.");

    public static ApiException CodeExpired() =>
        new(Errors.ExpiredCodeException, "Invalid code provided, please request a code again.");

    public static ApiException LimitExceeded() => new(Errors.LimitExceededException, AttemptLimit);

    /// <summary>Observed.</summary>
    public static ApiException EmailQuotaExceeded() => new(
        Errors.LimitExceededException,
        "Exceeded daily email limit for the operation or the account. If a higher limit is required, please "
        + "configure your user pool to use your own Amazon SES configuration for sending email.");

    public static ApiException TooManyRequests() => new(Errors.TooManyRequestsException, "Rate exceeded");

    /// <summary>Two changes of one thing at once. The text is in own words.</summary>
    public static ApiException ConcurrentModification(string what) =>
        new(Errors.ConcurrentModificationException, $"Concurrent modification of {what}");

    /// <summary>A password that breaks the pool's policy. SignUp words it "did not conform with", all others
    /// "does not conform to" (observed).</summary>
    public static ApiException PasswordPolicy(string reason, bool atSignUp) => new(
        Errors.InvalidPasswordException,
        (atSignUp ? "Password did not conform with policy: " : "Password does not conform to policy: ")
        + reason);

    /// <summary>A user who could neither give a password nor receive a code. The text is in own
    /// words.</summary>
    public static ApiException NoWayToSignIn() => InvalidParameter(
        "A user without a password needs an email or phone number to receive one-time passwords.");

    /// <summary>A password that equals a remembered one. The text is in own words.</summary>
    public static ApiException PasswordReused() =>
        new(Errors.PasswordHistoryPolicyViolationException, "Password has previously been used.");

    /// <summary>A verified e-mail or phone number that another user holds.</summary>
    public static ApiException AliasExists(string attribute, bool given) => new(
        Errors.AliasExistsException,
        given
            ? $"An account with the given {attribute} already exists."
            : $"An account with the {attribute} already exists.");

    public static ApiException SessionInvalid() => NotAuthorized("Invalid session for the user.");

    public static ApiException SessionExpired() =>
        NotAuthorized("Invalid session for the user, session is expired.");

    public static ApiException SessionSpent() =>
        NotAuthorized("Invalid session for the user, session can only be used once.");

    /// <summary>A wrong code that was sent for a sign-in.</summary>
    public static ApiException SignInCodeMismatch() =>
        new(Errors.CodeMismatchException, "Invalid code or auth state for the user.");

    /// <summary>A wrong code of an authenticator at sign-in.</summary>
    public static ApiException SoftwareTokenMismatch() =>
        new(Errors.CodeMismatchException, "Invalid code received for user");

    /// <summary>A code of an authenticator, or an earlier one, was taken before.</summary>
    public static ApiException SoftwareTokenUsed() =>
        new(Errors.ExpiredCodeException, "Your software token has already been used once.");

    /// <summary>The pool lets nobody set up an authenticator.</summary>
    public static ApiException SoftwareTokenNotOffered() => new(
        Errors.SoftwareTokenMFANotFoundException, "Software Token MFA has not been enabled by the userPool");

    /// <summary>The user has no authenticator.</summary>
    public static ApiException SoftwareTokenNotSetUp() =>
        new(Errors.SoftwareTokenMFANotFoundException, "User has not set up software token mfa");

    /// <summary>A wrong code while an authenticator is being set up.</summary>
    public static ApiException SoftwareTokenNotEnabled() =>
        new(Errors.EnableSoftwareTokenMFAException, "Code mismatch");

    /// <summary>No second factor is left to ask for. The text is in own words.</summary>
    public static ApiException NoSecondFactor() =>
        new(Errors.MFAMethodNotFoundException, "No usable MFA method was found for the user.");

    /// <summary>Codes of sign-ins that a user may try in an hour. The type is ours to choose: the service
    /// declares none for it; the text is that of its hourly limits.</summary>
    public static ApiException TooManySignInCodes() =>
        new(Errors.TooManyRequestsException, AttemptLimit);

    public static ApiException InvalidAccessToken() => NotAuthorized("Invalid Access Token");

    public static ApiException AccessTokenRevoked() => NotAuthorized("Access Token has been revoked");

    public static ApiException InvalidRefreshToken() => NotAuthorized("Invalid Refresh Token.");

    public static ApiException RefreshTokenExpired() => NotAuthorized("Refresh Token has expired");

    public static ApiException RefreshTokenRevoked() => NotAuthorized("Refresh Token has been revoked");

    /// <summary>A refresh token that another one has replaced. The text is in own words.</summary>
    public static ApiException RefreshTokenReused() => new(
        Errors.RefreshTokenReuseException, "Refresh Token has been replaced and cannot be used again.");

    /// <summary>The app client does not revoke tokens. The text is in own words.</summary>
    public static ApiException RevocationNotEnabled(string clientId) => new(
        Errors.UnsupportedOperationException, $"Token revocation is not enabled for client {clientId}");

    /// <summary>A token of a kind that is not revoked by itself. The text is in own words.</summary>
    public static ApiException UnsupportedTokenType() =>
        new(Errors.UnsupportedTokenTypeException, "Unsupported token type");

    /// <summary>Not the client that it says it is, or not the token's. The text is in own words.</summary>
    public static ApiException UnauthorizedClient() =>
        new(Errors.UnauthorizedException, "The client is not authorized to revoke this token.");

    public static ApiException CodeNotDelivered(string reason) =>
        new(Errors.CodeDeliveryFailureException, reason);
}
