using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations;
using Lifeguard.Operations.OAuth;
using Lifeguard.Web.Pages.ManagedLogin;
using Lifeguard.Web.Pages.ManagedLogin.Models;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary><c>/signup</c>, <c>/confirm</c> and <c>/resendcode</c>: a new account, up to its first
/// sign-in.</summary>
internal sealed class SignUpPages(
    LoginGate gate, OperationRunner operations, PageSignUp signUps, SignInSteps steps,
    PageStyles styles, AccountSteps accounts)
{
    /// <summary>What a person fills in, and the registration.</summary>
    public Task SignUp(HttpContext context) => gate.EnterOwn(context, async at =>
    {
        if (!at.Pool.AllowsSelfSignUp) return PageAnswer.To(at.Visit.To(PagePaths.SignIn));
        return at.Form is null ? await Show(at, Fields(at), null) : await Register(at);
    });

    /// <summary>The code that confirms the account.</summary>
    public Task Confirm(HttpContext context) => gate.Follow(context, accounts.ConfirmAgain, async at =>
    {
        var (name, session) = (at.Field(FormFields.Username), at.Form![FormFields.Session]);
        try
        {
            await operations.RunOnPages<ConfirmSignUpRequest, ConfirmSignUpResponse>(
                new()
                {
                    ClientId = at.Client.Id,
                    Username = name,
                    SecretHash = PageSignIn.SecretHashOf(at.Client, name),
                    ConfirmationCode = at.Code,
                },
                at.Call);
        }
        catch (ApiException refusal)
        {
            return await IsConfirmed(at)
                ? accounts.Done(at, name, Achievement.AccountConfirmed)
                : accounts.Confirm(at, StepBefore(at) with { Refusal = refusal });
        }

        return session is null
            ? accounts.Done(at, name, Achievement.AccountConfirmed)
            : await SignIn(at, name, session, Achievement.AccountConfirmed);
    });

    /// <summary>Another code.</summary>
    public Task Resend(HttpContext context) => gate.Follow(context, async at =>
    {
        var name = at.Field(FormFields.Username);
        // Nothing would be sent, and the answer would pretend the contrary.
        if (await IsConfirmed(at)) return accounts.Done(at, name, Achievement.AccountConfirmed);
        try
        {
            var sent = await operations
                .RunOnPages<ResendConfirmationCodeRequest, ResendConfirmationCodeResponse>(
                    new()
                    {
                        ClientId = at.Client.Id,
                        Username = name,
                        SecretHash = PageSignIn.SecretHashOf(at.Client, name),
                    },
                    at.Call);
            return accounts.Confirm(
                at, StepBefore(at) with { Sent = RecoveryPages.SentIn(sent.CodeDeliveryDetails) });
        }
        catch (ApiException refusal)
        {
            return accounts.Confirm(at, StepBefore(at) with { Refusal = refusal });
        }
    });

    /// <summary>Has the account been confirmed elsewhere, as by the link of a mail, which this browser has
    /// registered?</summary>
    private async Task<bool> IsConfirmed(AuthorizedVisit at) =>
        at.Form![FormFields.Session] is { } session
        && await signUps.IsConfirmed(at.Client, at.Pool, at.Field(FormFields.Username), session, at.Call);

    /// <summary>What the form carries along.</summary>
    private static PageStep StepBefore(AuthorizedVisit at) => new()
    {
        Username = at.Field(FormFields.Username),
        Session = at.Form![FormFields.Session],
        Sent = RecoveryPages.SentBefore(at),
    };

    private async Task<PageAnswer> Register(AuthorizedVisit at)
    {
        var fields = Entered(at);
        var name = NameOf(at, fields);
        SignUpResponse made;
        try
        {
            made = await SignUp(at, name, fields);
        }
        catch (ApiException refusal) when (refusal.Code != Errors.TooManyRequestsException)
        {
            return await Show(at, fields, refusal);
        }

        var session = await signUps.Begin(at.Pool, at.Client, made.UserSub!, at.Call);
        if (made.UserConfirmed == true) return await SignIn(at, name, session, Achievement.AccountCreated);
        return made.CodeDeliveryDetails is { } sent
            ? accounts.Confirm(
                at, new() { Username = name, Session = session, Sent = RecoveryPages.SentIn(sent) })
            : accounts.Unconfirmable(at, name);
    }

    private Task<SignUpResponse> SignUp(
        AuthorizedVisit at, string name, IReadOnlyList<AttributeField> fields) =>
        operations.RunOnPages<SignUpRequest, SignUpResponse>(
            new()
            {
                ClientId = at.Client.Id,
                Username = name,
                Password = at.Field(FormFields.Password),
                SecretHash = PageSignIn.SecretHashOf(at.Client, name),
                UserAttributes =
                [
                    .. fields.Where(field => field.Value.Length > 0)
                        .Select(field => new AttributeType { Name = field.Name, Value = field.Value }),
                ],
            },
            at.Call);

    private Task<PageAnswer> SignIn(
        AuthorizedVisit at, string name, string session, Achievement achievement) =>
        steps.After(achievement, at, name, () => signUps.SignIn(
            at.Client, at.Pool, name, session, at.Request.AskedLevels, at.Call));

    private async Task<PageAnswer> Show(
        AuthorizedVisit at, IReadOnlyList<AttributeField> fields, ApiException? refusal)
    {
        var terms = await styles.Terms(at);
        var isPassword = AccountSteps.IsOfPassword(refusal);
        var isName = RefusedEntry.Of(refusal)?.Kind == EntryKind.Name;
        var hasUsername = !at.Pool.SignsInWithAttributes;
        // The field comes back empty, so nothing is told of a password that was good.
        var tried = isPassword ? at.Form?[FormFields.Password] : null;
        return at.Show(
            frame => SignUpPage.Page(frame, new()
            {
                Username = at.Field(FormFields.Username),
                HasUsername = hasUsername,
                UsernameError = isName && hasUsername ? frame.Texts.Said(refusal!) : null,
                Fields = fields,
                PasswordRules = PasswordRule.Of(at.Pool.PasswordPolicy, tried),
                PasswordError = isPassword ? frame.Texts.Said(refusal!) : null,
                Alert = refusal is null || isPassword || (isName && hasUsername)
                    ? null
                    : Alert.Error(isName
                        ? frame.Texts.Check(frame.Texts.NameOf(at.Names))
                        : frame.Texts.Said(refusal)),
                Terms = terms,
            }),
            languagePath: PagePaths.SignUp);
    }

    private static string NameOf(AuthorizedVisit at, IReadOnlyList<AttributeField> fields) =>
        at.Pool.SignsInWithAttributes
            ? fields.FirstOrDefault(field => at.Pool.UsesAsUsername(field.Name) && field.Value.Length > 0)
                ?.Value ?? ""
            : at.Field(FormFields.Username).Trim();

    private static List<AttributeField> Entered(AuthorizedVisit at)
    {
        var given = MfaPages.FieldsIn(at.Form!).ToDictionary(field => field.Name, field => field.Value);
        return
        [
            .. Fields(at).Select(field => field with { Value = given.GetValueOrDefault(field.Name, "") }),
        ];
    }

    /// <summary>What a pool needs of everybody: what it requires, what people sign in with, and where codes
    /// go.</summary>
    private static List<AttributeField> Fields(AuthorizedVisit at)
    {
        var (pool, client) = (at.Pool, at.Client);
        var schema = pool.Settings.SchemaAttributes ?? [];
        return
        [
            .. schema.Where(attribute => IsAsked(pool, attribute) && client.MayWrite(attribute.Name!))
                .Select(attribute => new AttributeField(attribute.Name!, IsRequired(pool, attribute))
                {
                    IsNumber = attribute.AttributeDataType == AttributeDataType.Number,
                    IsName = pool.UsesAsUsername(attribute.Name!),
                })
                .OrderBy(field => pool.UsesAsUsername(field.Name) ? 0 : 1),
        ];
    }

    private static bool IsAsked(UserPool pool, SchemaAttributeType attribute) =>
        attribute.Name != AttributeNames.Sub
        && (attribute.Required == true
            || pool.UsesAsUsername(attribute.Name!)
            || pool.AutoVerifies(attribute.Name!));

    /// <summary>Of several that may be the name one is enough.</summary>
    private static bool IsRequired(UserPool pool, SchemaAttributeType attribute) =>
        attribute.Required == true
        || pool.Settings.UsernameAttributes is [var only] && only == attribute.Name
        || (!pool.SignsInWithAttributes
            && pool.Settings.AutoVerifiedAttributes is [var verified] && verified == attribute.Name);
}
