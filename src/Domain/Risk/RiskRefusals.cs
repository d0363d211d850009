using Lifeguard.Contract;

namespace Lifeguard.Domain.Risk;

/// <summary>
/// What is refused about risks, and because of them. Texts without a note were observed; "own words" marks
/// those of which only the type is known.
/// </summary>
public static class RiskRefusals
{
    /// <summary>The risk of a sign-in calls for it.</summary>
    public static ApiException SignInBlocked() =>
        Reject.NotAuthorized("Unable to login because of security reasons.");

    /// <summary>The address is one of those that are always blocked.</summary>
    public static ApiException AddressBlocked() =>
        Reject.NotAuthorized("Request not allowed due to security reasons.");

    /// <summary>A password that is known to be in circulation.</summary>
    public static ApiException CompromisedPassword() => new(
        Errors.InvalidPasswordException, "Provided password cannot be used for security reasons.");

    /// <summary>Own words.</summary>
    public static ApiException AddOnNotEnabled(string poolId) => new(
        Errors.UserPoolAddOnNotEnabledException, $"Threat protection is not enabled for user pool {poolId}.");

    /// <summary>Own words.</summary>
    public static ApiException NoNotifyConfiguration() =>
        Reject.InvalidParameter("NotifyConfiguration is required when Notify is true for an action.");

    /// <summary>Own words.</summary>
    public static ApiException SourceArn() =>
        Reject.InvalidParameter("SourceArn must be the ARN of an identity of Amazon SES.");

    /// <summary>Own words.</summary>
    public static ApiException NoBody(string member) =>
        Reject.InvalidParameter($"{member} must have an HtmlBody or a TextBody.");

    /// <summary>Own words.</summary>
    public static ApiException NoRange(string member) =>
        Reject.InvalidParameter($"{member} must hold ranges of IP addresses in CIDR notation.");

    /// <summary>Own words.</summary>
    public static ApiException NoEvent() =>
        new(Errors.ResourceNotFoundException, "Authentication event does not exist.");

    /// <summary>Own words.</summary>
    public static ApiException FeedbackToken() => Reject.NotAuthorized("Invalid feedback token.");
}
