using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.OAuth;
using Lifeguard.Web.Pages.ManagedLogin;
using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Login;

/// <summary>The page that waits for a code within a sign-in, of whichever factor. The form that leads to it
/// uses a session up and cannot be sent again, so the page has an address of its own: whose browser is away
/// while the message is read finds it again.</summary>
internal sealed class CodeSteps(PageSteps steps, SignInFacts facts)
{
    /// <summary>To the page for the code that a session awaits.</summary>
    /// <param name="refusal">Of what was entered before; null for none.</param>
    public async Task<PageAnswer> GoTo(
        AuthorizedVisit at, string name, string session, ApiException? refusal = null)
    {
        var step = new PageStep { Username = name, Session = session, Refusal = refusal };
        var sent = await facts.SentTo(at.Client, at.Pool, session, name, at.Call);
        return steps.GoTo(at.Visit, OneTimeCodePage.PathOf(PurposeOf(sent)), step)
            ?? await Show(at, step, session, sent);
    }

    /// <summary>That page by its address, as long as its session lasts; null where it tells of
    /// none.</summary>
    public async Task<PageAnswer?> Again(AuthorizedVisit at, string path)
    {
        if (steps.Find(at.Visit, path) is not { Session: { } session } step) return null;
        if (!facts.Lasts(at.Client, session, at.Call)) return at.TimedOut();
        return await Show(
            at, step, session, await facts.SentTo(at.Client, at.Pool, session, step.Username, at.Call));
    }

    private async Task<PageAnswer> Show(
        AuthorizedVisit at, PageStep step, string session, SentSignInCode? sent)
    {
        var refusal = step.Refusal;
        var isOfCode = AccountSteps.IsOfCode(refusal);
        var canChooseOther = sent?.IsFirstFactor == true
            || await facts.HasOtherFactor(at.Client, at.Pool, session, at.Call);
        var purpose = PurposeOf(sent);
        var path = OneTimeCodePage.PathOf(purpose);
        var parameter = steps.Beside(at.Visit, path, step);
        return at.Show(
            frame => OneTimeCodePage.Page(frame, new()
            {
                Username = step.Username,
                Session = session,
                Purpose = purpose,
                Sent = new(MediumOf(facts.Awaited(at.Client, session)), sent?.Details.Destination),
                CodeError = isOfCode ? frame.Texts.Said(refusal!) : null,
                Alert = refusal is null || isOfCode ? null : Alert.Error(frame.Texts.Said(refusal)),
                CanResend = sent is not null,
                CanChooseOther = canChooseOther,
            }),
            languagePath: parameter is null ? null : path,
            languageStep: parameter);
    }

    private static CodePurpose PurposeOf(SentSignInCode? sent)
    {
        if (sent is null) return CodePurpose.SecondFactor;
        if (sent.IsFirstFactor) return CodePurpose.FirstFactor;
        if (!sent.IsNewContact) return CodePurpose.SecondFactor;
        return sent.Details.DeliveryMedium == DeliveryMediumType.Sms
            ? CodePurpose.PhoneSetUp
            : CodePurpose.EmailSetUp;
    }

    private static CodeMedium MediumOf(string? challenge) => challenge switch
    {
        ChallengeNameType.SoftwareTokenMfa => CodeMedium.Authenticator,
        ChallengeNameType.SmsMfa or ChallengeNameType.SmsOtp => CodeMedium.Sms,
        _ => CodeMedium.Email,
    };
}
