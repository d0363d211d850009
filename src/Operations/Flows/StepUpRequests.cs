using System.Globalization;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Pools;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Operations.Flows;

/// <summary>The levels of authentication that USER_AUTH goes for, and what an access token has already proved
/// of them (doc: TARGET_ACR_VALUES, ACCESS_TOKEN, MAX_AGE).</summary>
public sealed class StepUpRequests(AccessTokens tokens)
{
    private const string Target = "TARGET_ACR_VALUES";
    private const string Token = "ACCESS_TOKEN";
    private const string Age = "MAX_AGE";

    /// <summary>The levels, the one wanted most first; empty where none is asked for.</summary>
    /// <exception cref="ApiException">FeatureUnavailableInTierException; InvalidParameterException: a token
    /// without levels, no level among the names, an age that is none.</exception>
    public static IReadOnlyList<int> Levels(SignInRequest request)
    {
        // The words are our own, here and below.
        MaxAge(request);
        if (request.Optional(Target) is not { } names)
        {
            return request.Optional(Token) is null
                ? []
                : throw Reject.InvalidParameter($"{Token} requires {Target}.");
        }

        TierRules.CheckStepUp(request.Pool.Settings);
        var levels = AcrRules.Asked(request.Pool.Settings.AcrConfiguration, names);
        return levels.Count > 0 ? levels : throw Reject.InvalidParameter($"Invalid {Target}.");
    }

    /// <summary>What the token's sign-in has proved; nothing where that was too long ago. Whoever sends one
    /// of somebody else learns nothing of the name that was sent with it.</summary>
    /// <exception cref="ApiException">NotAuthorizedException and whatever else a token is refused
    /// with.</exception>
    public async Task<IReadOnlyList<string>> Credit(SignInRequest request, User? user, Call call)
    {
        if (request.Optional(Token) is not { } token) return [];
        var signedIn = await tokens.Admit(token, call);
        if (signedIn.Client.Id != request.Client.Id || signedIn.User.Sub != user?.Sub)
            throw Reject.NotAuthorized("Access Token was not issued for this user and app client");
        return MaxAge(request) is { } most && call.Now - signedIn.Origin.SignedInAt > most
            ? []
            : signedIn.Origin.Methods;
    }

    private static TimeSpan? MaxAge(SignInRequest request)
    {
        if (request.Optional(Age) is not { } text) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : throw Reject.InvalidParameter($"Invalid {Age}.");
    }
}
