using System.Diagnostics;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Triggers;

namespace Lifeguard.Operations.Flows;

/// <summary>Which flow begins a sign-in, and whether the client may use it.</summary>
public sealed class AuthFlows(
    PasswordSignIn password, SrpSignIn srp, ChoiceSignIn choice, CustomSignIn custom, RefreshSignIn refresh,
    WeighSignIn risks, AuthEvents events)
{
    /// <summary>Begins the flow.</summary>
    /// <param name="byAdministrator">AdminInitiateAuth, which has a password flow of its own.</param>
    /// <exception cref="ApiException">InvalidParameterException:
    /// not for this operation, or not enabled.</exception>
    public Task<SignInStep> Start(string flow, bool byAdministrator, SignInRequest request, Call call) =>
        events.SignIn(flow, request, call, () => Begin(flow, byAdministrator, request, call));

    /// <summary>Begins a sign-in on the pages of a domain: by password, or by what the user chooses. Which
    /// flows the client allows itself says nothing of pages.</summary>
    public Task<SignInStep> StartOnPages(string flow, SignInRequest request, Call call) =>
        events.SignIn(flow, request, call, () => BeginOnPages(flow, request, call));

    private async Task<SignInStep> BeginOnPages(string flow, SignInRequest request, Call call)
    {
        request = request with { Pool = call.Seen(request.Pool), IsOnPages = true };
        await risks.MustComeFromElsewhere(request, call);
        return flow == AuthFlowType.UserAuth
            ? await choice.Start(request, call)
            : await password.Start(flow, request, call);
    }

    private async Task<SignInStep> Begin(string flow, bool byAdministrator, SignInRequest request, Call call)
    {
        request = request with { Pool = call.Seen(request.Pool) };
        MustFitOperation(flow, byAdministrator);
        MustBeEnabled(flow, request.Client);
        if (flow == AuthFlowType.CustomAuth) MustHaveChallengeTriggers(request.Pool);
        if (flow is AuthFlowType.RefreshTokenAuth or AuthFlowType.RefreshToken)
            return await refresh.Start(request, call);
        await risks.MustComeFromElsewhere(request, call);
        return flow switch
        {
            AuthFlowType.UserPasswordAuth
                or AuthFlowType.AdminUserPasswordAuth
                or AuthFlowType.AdminNoSrpAuth => await password.Start(flow, request, call),
            AuthFlowType.UserSrpAuth => await srp.Start(flow, request, call),
            AuthFlowType.UserAuth => await choice.Start(request, call),
            AuthFlowType.CustomAuth => await custom.Start(request, call),
            _ => throw new UnreachableException($"The contract knows {flow}, and nothing here does."),
        };
    }

    private static void MustFitOperation(string flow, bool byAdministrator)
    {
        var isForAdministrators = flow is AuthFlowType.AdminUserPasswordAuth or AuthFlowType.AdminNoSrpAuth;
        var isForUsers = flow == AuthFlowType.UserPasswordAuth;
        if (byAdministrator ? isForUsers : isForAdministrators)
            throw Reject.InvalidParameter("Initiate Auth method not supported.");
    }

    /// <summary>For refreshes that do not begin as a flow: what the client allows there holds here. Rotation
    /// stands for the flow, which cannot be allowed together with it (doc).</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    internal static void MustAllowRefresh(AppClient client)
    {
        if (!client.RotatesRefreshTokens) MustBeEnabled(AuthFlowType.RefreshTokenAuth, client);
    }

    /// <summary>Clients list what they allow, in one of two vocabularies; without a list SRP, custom and
    /// refresh are allowed (doc).</summary>
    private static void MustBeEnabled(string flow, AppClient client)
    {
        var listed = client.Settings.ExplicitAuthFlows is { Count: > 0 } given
            ? given
            : ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"];
        var isLegacy = !listed.Any(name => name.StartsWith("ALLOW_", StringComparison.Ordinal));
        if (isLegacy
            && listed.Contains("CUSTOM_AUTH_FLOW_ONLY")
            && flow is AuthFlowType.UserSrpAuth
                or AuthFlowType.UserPasswordAuth
                or AuthFlowType.AdminUserPasswordAuth
                or AuthFlowType.AdminNoSrpAuth)
        {
            throw Reject.InvalidParameter("Only custom auth (lambda driven) is enabled for this client.");
        }

        var isEnabled = flow switch
        {
            AuthFlowType.UserPasswordAuth =>
                listed.Contains(isLegacy ? "USER_PASSWORD_AUTH" : "ALLOW_USER_PASSWORD_AUTH"),
            AuthFlowType.AdminUserPasswordAuth or AuthFlowType.AdminNoSrpAuth =>
                listed.Contains(isLegacy ? "ADMIN_NO_SRP_AUTH" : "ALLOW_ADMIN_USER_PASSWORD_AUTH"),
            AuthFlowType.UserSrpAuth => isLegacy || listed.Contains("ALLOW_USER_SRP_AUTH"),
            AuthFlowType.CustomAuth => isLegacy || listed.Contains("ALLOW_CUSTOM_AUTH"),
            AuthFlowType.UserAuth => client.AllowsChoice,
            _ => !client.RotatesRefreshTokens && (isLegacy || listed.Contains("ALLOW_REFRESH_TOKEN_AUTH")),
        };
        if (!isEnabled) throw Reject.InvalidParameter(NotEnabled(flow));
    }

    private static void MustHaveChallengeTriggers(UserPool pool)
    {
        if (pool.Settings.LambdaConfig is not
            {
                DefineAuthChallenge: not null,
                CreateAuthChallenge: not null,
                VerifyAuthChallengeResponse: not null,
            })
        {
            throw ChallengeTriggers.NotConfigured();
        }
    }

    private static string NotEnabled(string flow) => flow switch
    {
        AuthFlowType.UserSrpAuth => "USER_SRP_AUTH is not enabled for the client.",
        AuthFlowType.AdminUserPasswordAuth or AuthFlowType.AdminNoSrpAuth =>
            "Auth flow not enabled for this client",
        AuthFlowType.RefreshToken => "REFRESH_TOKEN_AUTH flow not enabled for this client",
        _ => $"{flow} flow not enabled for this client",
    };
}
