using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain;

namespace Lifeguard.Operations.Triggers;

/// <summary>
/// The triggers a pool may have, one method each. A pool
/// without the trigger gets the answer that changes nothing.
/// </summary>
public sealed class PoolTriggers(TriggerCaller caller)
{
    /// <summary>Before a user is created. A refusal by the function stops the operation (doc).</summary>
    public async Task<PreSignUpAnswer> PreSignUp(
        UserPool pool, AppClient? client, string source, NewUser user, Call call)
    {
        if (pool.Settings.LambdaConfig?.PreSignUp is not { } arn) return PreSignUpAnswer.Nothing;
        var response = await caller.Invoke(
            new()
            {
                FunctionArn = arn,
                Name = "PreSignUp",
                Source = source,
                Pool = pool,
                UserName = user.Username,
                ClientId = client?.Id ?? TriggerEvent.NoClient,
                UserAgent = call.UserAgent,
                Request = writer =>
                {
                    writer.WriteAttributes("userAttributes", user.Attributes);
                    writer.WriteMap("validationData", user.ValidationData);
                    if (user.ClientMetadata is not null)
                        writer.WriteMap("clientMetadata", user.ClientMetadata);
                },
                Response = static writer =>
                {
                    writer.WriteBoolean("autoConfirmUser", false);
                    writer.WriteBoolean("autoVerifyEmail", false);
                    writer.WriteBoolean("autoVerifyPhone", false);
                },
            },
            call);
        return new(
            response.Flag("autoConfirmUser"),
            response.Flag("autoVerifyEmail"),
            response.Flag("autoVerifyPhone"));
    }

    /// <summary>Does anybody want to hear of confirmed users?</summary>
    public static bool HasPostConfirmation(UserPool pool) =>
        pool.Settings.LambdaConfig?.PostConfirmation is not null;

    /// <summary>After a user was confirmed or has recovered the password. The change has happened; a failure
    /// is only reported (doc).</summary>
    public async Task PostConfirmation(
        UserPool pool,
        AppClient? client,
        string source,
        User user,
        IReadOnlyDictionary<string, string>? clientMetadata,
        Call call)
    {
        if (pool.Settings.LambdaConfig?.PostConfirmation is not { } arn) return;
        await caller.Invoke(
            new()
            {
                FunctionArn = arn,
                Name = "PostConfirmation",
                Source = source,
                Pool = pool,
                UserName = user.Username,
                ClientId = client?.Id ?? TriggerEvent.NoClient,
                UserAgent = call.UserAgent,
                Request = writer =>
                {
                    writer.WriteUser(user);
                    if (clientMetadata is not null) writer.WriteMap("clientMetadata", clientMetadata);
                },
            },
            call);
    }

    /// <summary>Is a function asked before messages are sent?</summary>
    public static bool WordsMessages(UserPool pool) => pool.Settings.LambdaConfig?.CustomMessage is not null;

    /// <summary>Before a message is sent; the function may
    /// word it. Null members leave the pool's texts.</summary>
    public async Task<CustomMessageAnswer> CustomMessage(
        UserPool pool,
        AppClient? client,
        string source,
        User user,
        IReadOnlyDictionary<string, string>? clientMetadata,
        Call call)
    {
        if (pool.Settings.LambdaConfig?.CustomMessage is not { } arn) return CustomMessageAnswer.Nothing;
        var isInvitation = source == MessageSource.AdminCreateUser.Trigger;
        var response = await caller.Invoke(
            new()
            {
                FunctionArn = arn,
                Name = "CustomMessage",
                Source = source,
                Pool = pool,
                UserName = user.Username,
                ClientId = client?.Id ?? TriggerEvent.NoClient,
                UserAgent = call.UserAgent,
                Request = writer =>
                {
                    writer.WriteUser(user);
                    writer.WriteString("codeParameter", MessageTemplate.CodePlaceholder);
                    writer.WriteString("linkParameter", MessageTemplate.LinkPlaceholder);
                    if (isInvitation)
                        writer.WriteString("usernameParameter", MessageTemplate.UsernamePlaceholder);
                    else
                        writer.WriteNull("usernameParameter");
                    if (clientMetadata is not null) writer.WriteMap("clientMetadata", clientMetadata);
                },
                Response = static writer =>
                {
                    writer.WriteNull("smsMessage");
                    writer.WriteNull("emailMessage");
                    writer.WriteNull("emailSubject");
                },
            },
            call);
        return new(response.Text("smsMessage"), response.Text("emailMessage"), response.Text("emailSubject"));
    }
}

/// <summary>A user who is about to be created, as PreSignUp sees it.</summary>
/// <param name="Attributes">Only what was submitted: no <c>sub</c>, no status (observed).</param>
public sealed record NewUser(
    string Username,
    UserAttributes Attributes,
    IReadOnlyDictionary<string, string>? ValidationData,
    IReadOnlyDictionary<string, string>? ClientMetadata)
{
    /// <summary>Never prints its members.</summary>
    public override string ToString() => nameof(NewUser);
}

/// <summary>What PreSignUp decided.</summary>
public sealed record PreSignUpAnswer(bool ConfirmUser, bool VerifyEmail, bool VerifyPhone)
{
    public static readonly PreSignUpAnswer Nothing = new(false, false, false);
}

/// <summary>The texts CustomMessage gave; null where it gave none.</summary>
public sealed record CustomMessageAnswer(string? SmsMessage, string? EmailMessage, string? EmailSubject)
{
    public static readonly CustomMessageAnswer Nothing = new(null, null, null);
}
