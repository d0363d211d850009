using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations;
using Lifeguard.Protocol.Totp;
using Lifeguard.Web.Pages.ManagedLogin;
using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Login;

/// <summary>The set-up of an authenticator app within a sign-in.</summary>
internal sealed class TotpPages(OperationRunner operations)
{
    /// <summary>Longer than any that is made, and short enough for a picture.</summary>
    private const int LongestSecret = 64;

    /// <summary>A new secret, to be read by a camera or typed in.</summary>
    public async Task<PageAnswer> Begin(
        AuthorizedVisit at, string name, string session, bool canChooseOther)
    {
        var made = await operations.RunOnPages<AssociateSoftwareTokenRequest, AssociateSoftwareTokenResponse>(
            new() { Session = session }, at.Call);
        return Show(at, name, made.Session!, made.SecretCode!, canChooseOther);
    }

    /// <summary>The session after the first code of the app; null with the page again where it is not
    /// right.</summary>
    public async Task<(string? Session, PageAnswer? Again)> Verify(
        AuthorizedVisit at, string name, string session)
    {
        var device = at.Form![FormFields.DeviceName];
        try
        {
            var verified = await operations
                .RunOnPages<VerifySoftwareTokenRequest, VerifySoftwareTokenResponse>(
                    new()
                    {
                        Session = session,
                        UserCode = at.Code,
                        FriendlyDeviceName = device,
                    },
                    at.Call);
            return (verified.Session, null);
        }
        catch (ApiException refusal) when (!AuthorizedVisit.EndsSession(refusal))
        {
            return (null, ShownBefore(at) is { } secret
                ? Show(at, name, session, secret, at.Pool.SecondFactors.Count > 1, refusal)
                : at.TimedOut());
        }
    }

    /// <summary>The secret that the form brings back. What a session's user is setting up is not looked up:
    /// others may have begun that.</summary>
    private static string? ShownBefore(AuthorizedVisit at) =>
        at.Form![FormFields.Secret] is { Length: <= LongestSecret } secret && Base32.IsValid(secret)
            ? secret
            : null;

    private static PageAnswer Show(
        AuthorizedVisit at, string name, string session, string secret, bool canChooseOther,
        ApiException? refusal = null) => at.Show(frame => SetUpTotpPage.Page(frame, new()
        {
            Username = name,
            Session = session,
            Secret = secret,
            Issuer = at.Pool.Name,
            DeviceName = at.Field(FormFields.DeviceName),
            CodeError = refusal is null ? null : frame.Texts.Said(refusal),
            CanChooseOther = canChooseOther,
        }));
}
