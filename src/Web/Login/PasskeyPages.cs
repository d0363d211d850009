using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.OAuth;
using Lifeguard.Domain.Passkeys;
using Lifeguard.Operations;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.OAuth;
using Lifeguard.Operations.Passkeys;
using Lifeguard.Storage;
using Lifeguard.Web.Pages.ManagedLogin;
using Lifeguard.Web.Pages.ManagedLogin.Models;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary><c>/passkeys/add</c> (doc): somebody who is signed in registers a passkey, and goes back to the
/// app.</summary>
internal sealed class PasskeyPages(
    PageGate gate, ClientStore clients, BrowserSessions sessions, StartWebAuthnRegistration start,
    CompleteWebAuthnRegistration complete, PageStyles styles)
{
    /// <summary>Answers whatever comes to the path.</summary>
    public Task Handle(HttpContext context) => gate.Enter(context, Answer);

    /// <summary>Browsers make and use passkeys for this very host, or for one above it (WebAuthn
    /// §5.1.3).</summary>
    public static bool IsUsable(PageVisit visit, Deployment deployment) =>
        PasskeyRules.PartyOf(visit.Pool, deployment) is { } party && IsWithin(visit, party.Id);

    private async Task<PageAnswer> Answer(PageVisit visit)
    {
        var (client, callback) = await AppOf(visit);
        if (visit.IsClassic) throw AuthorizationRefusals.Malformed();
        if (!await styles.Has(visit, client)) return PageStyles.Unavailable();
        var browser = await sessions.Find(
            visit.Domain, visit.Cookies[PageCookies.Session], visit.Call);
        if (browser is not { SignIn.Provider: null }) return PageAnswer.To(SignIn(visit, client, callback));
        var origin = new TokenOrigin(browser.SignIn.EventId, null, browser.SignIn.SignedInAt);
        var user = new SignedInUser(visit.Pool, client, browser.User, origin);
        if (visit.Form is null) return await Show(visit, user, callback, null);
        try
        {
            await Complete(visit.Form, user, visit.Call);
            return PageAnswer.To(callback);
        }
        catch (ApiException refusal)
        {
            return await Show(visit, user, callback, refusal);
        }
    }

    private async Task<(AppClient Client, string Callback)> AppOf(PageVisit visit)
    {
        if (visit.Query.Parameters is null) throw AuthorizationRefusals.Malformed();
        if (visit.Query["client_id"] is not { } id || visit.Query["redirect_uri"] is not { } callback)
            throw AuthorizationRefusals.Missing();
        var client = ClientAuthentication.IsId(id) ? await clients.Find(id, visit.Call.Cancelled) : null;
        if (client?.PoolId != visit.Pool.Id || client.Settings.AllowedOAuthFlowsUserPoolClient != true)
            throw AuthorizationRefusals.NoClient();
        return client.Settings.CallbackURLs?.Contains(callback) == true
            ? (client, callback)
            : throw AuthorizationRefusals.Mismatch(client.Id);
    }

    private async Task<PageAnswer> Show(
        PageVisit visit, SignedInUser user, string callback, ApiException? refusal)
    {
        var options = await start.Execute(new(), user, visit.Call);
        return PageAnswer.Show(frame => AddPasskeyPage.Page(frame, new()
        {
            Username = PersonName.Of(user.Pool, user.User),
            Options = options.CredentialCreationOptions!.Value.GetRawText(),
            CancelHref = callback,
            Alert = refusal is null ? null : Alert.Error(frame.Texts.Said(refusal)),
        })) with
        {
            Client = user.Client,
            Onward = PageSender.Onward(callback),
            LanguagePath = PagePaths.AddPasskey,
        };
    }

    private async Task Complete(PageForm form, SignedInUser user, Call call)
    {
        try
        {
            using var credential = JsonDocument.Parse(form[FormFields.Credential] ?? "");
            await complete.Execute(new() { Credential = credential.RootElement.Clone() }, user, call);
        }
        catch (JsonException)
        {
            throw PasskeyRefusals.Invalid();
        }
    }

    private static string SignIn(PageVisit visit, AppClient client, string callback) =>
        new ReturnAddress(visit.Base + PagePaths.SignIn, ResponseMode.Query, null).With(
            ("client_id", client.Id), ("response_type", "code"), ("redirect_uri", callback));

    private static bool IsWithin(PageVisit visit, string party)
    {
        var host = visit.Context.Request.Host.Host;
        return host == party || host.EndsWith("." + party, StringComparison.OrdinalIgnoreCase);
    }
}
