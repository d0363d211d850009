using System.Net;
using Lifeguard.Contract;
using Lifeguard.Domain;

namespace Lifeguard.Operations;

/// <summary>What a caller says of the user's device, as far as it may be believed.</summary>
/// <param name="IpAddress">Null where none is given, or what is given is no address.</param>
/// <param name="UserAgent">Null where none is given.</param>
/// <param name="IsFromAdministrator">A server speaks that has signed its call.</param>
public sealed record CallerContext(string? IpAddress, string? UserAgent, bool IsFromAdministrator)
{
    /// <summary>The context in a request; null where it has none.</summary>
    public static CallerContext? Of(IShape request) => request switch
    {
        AdminInitiateAuthRequest { ContextData: { } given } => Of(given),
        AdminRespondToAuthChallengeRequest { ContextData: { } given } => Of(given),
        InitiateAuthRequest { UserContextData: { } given } => Of(given),
        RespondToAuthChallengeRequest { UserContextData: { } given } => Of(given),
        SignUpRequest { UserContextData: { } given } => Of(given),
        ConfirmSignUpRequest { UserContextData: { } given } => Of(given),
        ResendConfirmationCodeRequest { UserContextData: { } given } => Of(given),
        ForgotPasswordRequest { UserContextData: { } given } => Of(given),
        ConfirmForgotPasswordRequest { UserContextData: { } given } => Of(given),
        _ => null,
    };

    /// <summary>May this client's word about addresses be taken? Only that of a server which knows the
    /// client's secret, and which is set up for it (doc).</summary>
    public bool IsBelieved(AppClient client) => IsFromAdministrator
        || (client.IsConfidential && client.Settings.EnablePropagateAdditionalUserContextData == true);

    private static CallerContext Of(ContextDataType given) => new(
        Address(given.IpAddress),
        given.HttpHeaders?
            .FirstOrDefault(header =>
                string.Equals(header.HeaderName, "User-Agent", StringComparison.OrdinalIgnoreCase))
            ?.HeaderValue,
        IsFromAdministrator: true);

    private static CallerContext Of(UserContextDataType given) =>
        new(Address(given.IpAddress), null, IsFromAdministrator: false);

    private static string? Address(string? text) =>
        IPAddress.TryParse(text, out var address) ? address.ToString() : null;
}
