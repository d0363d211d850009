using Lifeguard.Domain;

namespace Lifeguard.Operations.Triggers;

/// <summary>The triggers around a sign-in. A pool without the trigger lets everything pass.</summary>
public sealed class SignInTriggers(TriggerCaller caller)
{
    /// <summary>Does anybody want to be asked before a sign-in?</summary>
    public static bool HasPreAuthentication(UserPool pool) =>
        pool.Settings.LambdaConfig?.PreAuthentication is not null;

    /// <summary>May somebody still keep tokens back once everything is proved?</summary>
    public static bool HasPostAuthentication(UserPool pool) =>
        pool.Settings.LambdaConfig?.PostAuthentication is not null;

    /// <summary>Before anything of a sign-in is proved. A refusal by the function ends it (doc).</summary>
    /// <param name="user">Null for a name nobody has, at clients that hide existence.</param>
    /// <param name="name">The name that the client sent.</param>
    public async Task PreAuthentication(
        UserPool pool,
        AppClient client,
        User? user,
        string name,
        IReadOnlyDictionary<string, string>? validationData,
        Call call)
    {
        if (pool.Settings.LambdaConfig?.PreAuthentication is not { } arn) return;
        await caller.Invoke(
            new()
            {
                FunctionArn = arn,
                Name = "PreAuthentication",
                Source = "PreAuthentication_Authentication",
                Pool = pool,
                UserName = user?.Username ?? name,
                ClientId = client.Id,
                UserAgent = call.UserAgent,
                Request = writer =>
                {
                    if (user is null) writer.WriteAttributes("userAttributes", UserAttributes.Empty);
                    else writer.WriteUser(user);
                    writer.WriteMap("validationData", validationData);
                    // Only clients that hide existence let the function see names that nobody has (doc).
                    if (client.HidesUserExistence) writer.WriteBoolean("userNotFound", user is null);
                },
            },
            call);
    }

    /// <summary>Once everything is proved, before tokens. What the sign-in has changed stays changed; a
    /// refusal only keeps the tokens back (doc).</summary>
    /// <param name="isNewDevice">The sign-in is on a device that nobody knew.</param>
    public async Task PostAuthentication(
        UserPool pool,
        AppClient client,
        User user,
        bool isNewDevice,
        IReadOnlyDictionary<string, string>? clientMetadata,
        Call call)
    {
        if (pool.Settings.LambdaConfig?.PostAuthentication is not { } arn) return;
        await caller.Invoke(
            new()
            {
                FunctionArn = arn,
                Name = "PostAuthentication",
                Source = "PostAuthentication_Authentication",
                Pool = pool,
                UserName = user.Username,
                ClientId = client.Id,
                UserAgent = call.UserAgent,
                Request = writer =>
                {
                    writer.WriteUser(user);
                    // Only where the pool tells one device from another (doc).
                    if (pool.TracksDevices) writer.WriteBoolean("newDeviceUsed", isNewDevice);
                    if (clientMetadata is not null) writer.WriteMap("clientMetadata", clientMetadata);
                },
            },
            call);
    }
}
