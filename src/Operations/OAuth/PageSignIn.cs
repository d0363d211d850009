using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Limits;
using Lifeguard.Operations.Flows;
using Lifeguard.Protocol;

namespace Lifeguard.Operations.OAuth;

/// <summary>
/// Signs people in on the pages of a domain: by the same flows, the same gate and the same limits as the API.
/// Only what comes of it differs, a browser that is signed in and no tokens, and that the pages speak for the
/// app client, whatever secret it has.
/// </summary>
public sealed class PageSignIn(
    AuthFlows flows, Challenges challenges, AutofillPasskey autofill, FactorAgain again,
    DeliverAnswer answers, RateLimits rates)
{
    private static readonly IReadOnlyList<string> Declared = [Errors.CodeDeliveryFailureException];

    /// <summary>Signs in with a password.</summary>
    /// <param name="levels">Of authentication, to go for; empty for any.</param>
    /// <exception cref="ApiException">Whatever the gate refuses with.</exception>
    public Task<SignInStep> ByPassword(
        AppClient client, UserPool pool, string name, string password, IReadOnlyList<int> levels, Call call)
    {
        var request = Request(pool, client, name, null, ("PASSWORD", password)) with
        {
            AskedLevels = levels,
        };
        return Perform(() => flows.StartOnPages(AuthFlowType.UserPasswordAuth, request, call), call);
    }

    /// <summary>Asks what somebody may begin with.</summary>
    /// <param name="preferred">The challenge to begin with; null to be offered all.</param>
    public Task<SignInStep> ByChoice(
        AppClient client, UserPool pool, string name, string? preferred, IReadOnlyList<int> levels, Call call)
    {
        var request = Request(pool, client, name, null, ("PREFERRED_CHALLENGE", preferred)) with
        {
            AskedLevels = levels,
        };
        return Perform(() => flows.StartOnPages(AuthFlowType.UserAuth, request, call), call);
    }

    /// <summary>Signs in somebody who has just registered and confirmed that here.</summary>
    /// <param name="session">Of the registration (<see cref="SignUpSessions.BeginOnPages"/>).</param>
    public Task<SignInStep> AfterSignUp(
        AppClient client, UserPool pool, string name, string session, IReadOnlyList<int> levels, Call call)
    {
        var request = Request(pool, client, name, session) with { AskedLevels = levels };
        return Perform(() => flows.StartOnPages(AuthFlowType.UserAuth, request, call), call);
    }

    /// <summary>Answers a challenge.</summary>
    /// <param name="responses">As RespondToAuthChallenge takes them; those without a value are left
    /// out.</param>
    public Task<SignInStep> Answer(
        AppClient client, UserPool pool, string challenge, string session, string name, Call call,
        params ReadOnlySpan<(string Name, string? Value)> responses)
    {
        var request = Request(pool, client, name, session, responses);
        return Perform(() => challenges.Answer(challenge, request, call), call);
    }

    /// <summary>Sends another code of a second factor, which the session awaits.</summary>
    /// <exception cref="ApiException">As of <see cref="FactorAgain.Resend"/>.</exception>
    public Task<SignInStep> Resend(
        AppClient client, UserPool pool, string session, string name, Call call) =>
        Perform(() => again.Resend(Request(pool, client, name, session), call), call);

    /// <summary>Lets the person choose a second factor anew.</summary>
    /// <exception cref="ApiException">As of <see cref="FactorAgain.OtherWays"/>.</exception>
    public Task<SignInStep> OtherWays(
        AppClient client, UserPool pool, string session, string name, Call call) =>
        Perform(() => again.OtherWays(Request(pool, client, name, session), call), call);

    /// <summary>What browsers offer in the field of the name: any passkey of this site. Null where passkeys
    /// are not used.</summary>
    public (string Options, string Session)? OfferPasskey(AppClient client, UserPool pool, Call call) =>
        autofill.Offer(client, pool, call);

    /// <summary>Signs in with a passkey that was offered so; whose it is shows in it.</summary>
    public Task<SignInStep> ByOfferedPasskey(
        AppClient client, UserPool pool, string session, string credential, IReadOnlyList<int> levels,
        Call call)
    {
        var request = Request(pool, client, "", session, ("CREDENTIAL", credential)) with
        {
            AskedLevels = levels,
        };
        return Perform(() => autofill.Answer(request, call), call);
    }

    private async Task<SignInStep> Perform(Func<Task<SignInStep>> step, Call call)
    {
        await rates.Enter(RateCategory.UserAuthentication, call.Now, call.Cancelled);
        return await answers.Of(step, Declared, call);
    }

    private static SignInRequest Request(
        UserPool pool, AppClient client, string name, string? session,
        params ReadOnlySpan<(string Name, string? Value)> responses)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["USERNAME"] = name };
        if (SecretHashOf(client, name) is { } hash) parameters["SECRET_HASH"] = hash;
        foreach (var (parameter, value) in responses)
            if (value is not null) parameters[parameter] = value;
        return new(pool, client, parameters, session) { IsOnPages = true };
    }

    /// <summary>What the client would prove its secret with; null for one without.</summary>
    public static string? SecretHashOf(AppClient client, string name) => client.IsConfidential
        ? SecretHash.Compute(client.Secrets[0].Value, name, client.Id)
        : null;
}
