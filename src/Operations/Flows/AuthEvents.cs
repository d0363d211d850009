using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Logs;
using Lifeguard.Domain.OAuth;
using Lifeguard.Domain.Risk;
using Lifeguard.Operations.Logs;
using Lifeguard.Protocol.Jose;
using Lifeguard.Storage;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Observes what users do to get in: every step of a sign-in, and what they do to their accounts before they
/// are in. In pools with threat protection on the PLUS plan (doc) each becomes an <see cref="AuthEvent"/>,
/// which is remembered and goes where the pool's logs go. Observing changes nothing: what was observed goes
/// on as it would have.
/// </summary>
public sealed partial class AuthEvents(
    ResolveClient clients, ResolveUser users, RecordAuthEvent record, LogDeliveryStore deliveries,
    LogQueue queue, Locations locations, RandomSource random, ILogger<AuthEvents> log)
{
    /// <summary>A call that was not well-formed, or came at a bad time, says nothing about the
    /// user.</summary>
    private static readonly HashSet<string> NoOutcome =
    [
        Errors.InvalidParameterException, Errors.ResourceNotFoundException,
        Errors.TooManyRequestsException, Errors.ConcurrentModificationException,
    ];

    /// <summary>A step of a sign-in. Refreshing tokens is none.</summary>
    /// <param name="what">The flow that it begins, or the challenge that it answers.</param>
    public Task<SignInStep> SignIn(
        string what, SignInRequest request, Call call, Func<Task<SignInStep>> step)
    {
        if (!request.Pool.IsWatched || what is AuthFlowType.RefreshTokenAuth or AuthFlowType.RefreshToken)
            return step();
        var place = Task.FromResult((request.Pool, request.Client));
        var proof = SignInProof.Of(what, request);
        return Watch(
            () => place,
            made => SignInProof.Outcome(proof, made) is { } response
                ? Sighted(response, proof, made, request)
                : null,
            refusal => new(EventType.SignIn, EventResponseType.Fail, pool => Named(pool, request))
            {
                Challenges = SignInProof.Refused(proof, refusal, call.Risk),
            },
            call,
            step);
    }

    /// <summary>What somebody does to the account of a user whom the request names.</summary>
    /// <param name="type">One of <see cref="EventType"/>.</param>
    /// <param name="response">What it comes to where it is not refused.</param>
    public Task<T> OfUser<T>(
        string type, string response, string clientId, string username, Call call, Func<Task<T>> act) =>
        Watch(
            () => clients.Get(clientId, CancellationToken.None),
            _ => new(type, response, pool => Named(pool, username)),
            _ => new(type, EventResponseType.Fail, pool => Named(pool, username)),
            call,
            act);

    /// <summary>A registration. One that is refused concerns nobody: the name may be another
    /// user's.</summary>
    public Task<SignUpResponse> OfNewUser(
        SignUpRequest request, Call call, Func<Task<SignUpResponse>> act) => Watch(
        () => clients.Get(request.ClientId, CancellationToken.None),
        answer => new(
            EventType.SignUp,
            answer.UserConfirmed == true ? EventResponseType.Pass : EventResponseType.InProgress,
            pool => Named(pool, answer.UserSub)),
        _ => new(EventType.SignUp, EventResponseType.Fail, _ => Task.FromResult<AuthEventUser?>(null)),
        call,
        act);

    /// <summary>What a signed-in user does to the own account.</summary>
    /// <param name="type">One of <see cref="EventType"/>.</param>
    public Task<T> OfSignedIn<T>(string type, SignedInUser user, Call call, Func<Task<T>> act)
    {
        var place = Task.FromResult((user.Pool, user.Client));
        var who = Task.FromResult<AuthEventUser?>(new(user.User.Sub, user.User.Username));
        return Watch(
            () => place,
            _ => new(type, EventResponseType.Pass, _ => who),
            _ => new(type, EventResponseType.Fail, _ => who),
            call,
            act);
    }

    /// <summary>A sign-in through another identity provider, whose word is not weighed.</summary>
    public Task OfFederated(
        UserPool pool, AppClient client, User user, BrowserSignIn made, Call call) => Tell(
        () => Task.FromResult((pool, client)),
        new(
            EventType.SignIn,
            EventResponseType.Pass,
            _ => Task.FromResult<AuthEventUser?>(new(user.Sub, user.Username)))
        {
            Id = made.EventId,
            Provider = made.Provider,
        },
        call);

    private static bool IsOutcome(ApiException refusal) =>
        refusal.Status == 400 && !NoOutcome.Contains(refusal.Code);

    private async Task<T> Watch<T>(
        Func<Task<(UserPool Pool, AppClient Client)>> place,
        Func<T, Sighting?> passed,
        Func<ApiException, Sighting> failed,
        Call call,
        Func<Task<T>> act)
    {
        try
        {
            var answer = await act();
            if (passed(answer) is { } sighting) await Tell(place, sighting, call);
            return answer;
        }
        catch (ApiException refusal) when (IsOutcome(refusal))
        {
            await Tell(place, failed(refusal) with { Reason = ReasonOf(refusal) }, call);
            throw;
        }
    }

    /// <summary>Never throws.</summary>
    private async Task Tell(
        Func<Task<(UserPool Pool, AppClient Client)>> place, Sighting sighting, Call call)
    {
        try
        {
            var (pool, client) = await place();
            if (!pool.IsWatched) return;
            var happened = Describe(client, sighting, await sighting.Who(pool), call);
            await record.Record(happened, call);
            var delivery = call.Replica?.Logs ?? await deliveries.Of(pool.Id, CancellationToken.None);
            if (delivery.DestinationOf(EventSourceName.UserAuthEvents) is { } destination)
                queue.Add(destination, pool.Id, LogLines.Activity(happened));
        }
#pragma warning disable CA1031 // An event that cannot be told must not become a refusal.
        catch (Exception failure)
#pragma warning restore CA1031 // See above.
        {
            LogTrouble(log, failure, sighting.Type, call.Id);
        }
    }

    private AuthEvent Describe(AppClient client, Sighting sighting, AuthEventUser? user, Call call)
    {
        var (address, userAgent, isTold) = call.SeenThrough(client);
        var place = locations.Find(address);
        // To a name that nobody has, or that is hidden, only the pretence of a success is answered.
        var isPretence = user is null && sighting.Response != EventResponseType.Fail;
        return new()
        {
            Id = sighting.Id ?? call.SignIn?.EventId ?? random.TimedId(call.Now),
            Type = sighting.Type,
            Response = isPretence ? EventResponseType.Fail : sighting.Response,
            PoolId = client.PoolId,
            ClientId = client.Id,
            User = user,
            Challenges = sighting.Challenges,
            Reason = isPretence ? Errors.UserNotFoundException : sighting.Reason,
            Provider = sighting.Provider,
            IpAddress = address,
            DeviceName = DeviceName.Of(userAgent),
            DeviceMark = DeviceMark.Of(userAgent),
            DeviceKey = call.SignIn?.DeviceKey,
            City = place?.City,
            Country = place?.Country,
            Risk = call.Risk,
            HasContextData = isTold,
            RequestId = call.Id,
            At = call.Now,
        };
    }

    private Sighting Sighted(string response, string? proof, SignInStep made, SignInRequest request)
    {
        var claims = made.Tokens is null ? null : SignInClaims.Of(made.Tokens);
        return new(
            EventType.SignIn,
            response,
            pool => claims is null
                ? Named(pool, request)
                : Task.FromResult<AuthEventUser?>(new(claims.Sub, claims.Username)))
        {
            Id = claims?.EventId,
            Challenges = proof is null ? [] : [new(proof, ChallengeResponse.Success)],
        };
    }

    private Task<AuthEventUser?> Named(UserPool pool, SignInRequest request) =>
        request.Optional("USERNAME") is { } name
            ? Named(pool, name)
            : Task.FromResult<AuthEventUser?>(null);

    /// <summary>Only the name of somebody who exists is told: what else was typed may be anything, a password
    /// in the wrong field included.</summary>
    private async Task<AuthEventUser?> Named(UserPool pool, string name) =>
        await users.Find(pool, name, CancellationToken.None) is { } user
            ? new(user.Sub, user.Username)
            : null;

    /// <summary>Texts that come from outside, such as those of triggers, are left out: they could say
    /// anything.</summary>
    private static string ReasonOf(ApiException refusal) =>
        refusal is { Code: Errors.NotAuthorizedException, Text: { } text }
            ? $"{refusal.Code}: {text}"
            : refusal.Code;

    [LoggerMessage(1, LogLevel.Error, "An event {Type} of request {RequestId} could not be told")]
    private static partial void LogTrouble(ILogger log, Exception failure, string type, string requestId);

    /// <summary>What was observed.</summary>
    /// <param name="Who">Finds whom it concerns; asked only where somebody wants to know.</param>
    private sealed record Sighting(string Type, string Response, Func<UserPool, Task<AuthEventUser?>> Who)
    {
        public string? Id { get; init; }

        public IReadOnlyList<AuthEventChallenge> Challenges { get; init; } = [];

        public string? Reason { get; init; }

        public string? Provider { get; init; }
    }
}

/// <summary>What the tokens of a sign-in say about it.</summary>
internal sealed record SignInClaims(string Sub, string Username, string EventId)
{
    /// <summary>Null where a claim is missing.</summary>
    public static SignInClaims? Of(AuthenticationResultType tokens)
    {
        if (!Jws.TryRead(tokens.AccessToken, out var token)) return null;
        using var document = JsonDocument.Parse(token.Payload);
        var root = document.RootElement;
        return Text("sub") is { } sub && Text("username") is { } name && Text("event_id") is { } id
            ? new(sub, name, id)
            : null;

        string? Text(string claim) =>
            root.TryGetProperty(claim, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
    }
}
