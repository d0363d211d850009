using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// One-time codes that a sign-in sends: as second factors, and as first ones. There is no row for a code: its
/// keyed hash travels in the session, and lives and dies with it.
/// </summary>
public sealed class SignInCodes(
    ConfirmationCodes codes, Sealer sealer, ComposeMessage messages, ChallengeSessions sessions,
    DecoyContacts contacts, RandomSource random)
{
    private const string Purpose = "sign-in-code";

    /// <summary>The challenge with its session, and the message to be committed with it.</summary>
    /// <exception cref="ApiException">One of the three trigger errors.</exception>
    public async Task<PosedChallenge> Pose(
        SignInRequest request, User user, SignInProgress progress, CodeOrder order, Call call)
    {
        var digits = codes.Next(order.Digits);
        var destination = order.Destination;
        var message = await messages.Compose(
            new(request.Pool, request.Client, user, MessageSource.Authentication, destination,
                request.ClientMetadata),
            digits,
            call);
        var pending = new PendingChallenge(order.Challenge)
        {
            CodeHash = sealer.KeyedHash(
                Purpose, Owner(user.PoolId, user.Sub, progress, order.Challenge, destination), digits),
            NewContact = order.IsNewContact ? destination : null,
        };
        var parameters = Parameters(destination);
        // Where it is the first factor nobody is told the user's name (observed).
        if (progress.HasFirstFactor || progress.IsDefinedByTriggers)
            parameters["USER_ID_FOR_SRP"] = user.Username;
        var session = sessions.Begin(request.Client, user, progress, pending, call.Now);
        // The code lives and dies with its session.
        return new(
            SignInStep.Challenged(order.Challenge, parameters, session),
            message with { ExpiresAt = call.Now + request.Client.SessionLifetime });
    }

    /// <summary>The same challenge where there is nobody to get a code: no digits are right.</summary>
    public PosedChallenge Pretend(
        SignInRequest request, SignInUser found, SignInProgress progress, string challenge, Call call)
    {
        var destination = contacts.Of(request.Pool, found, request.Required("USERNAME"), challenge);
        var pending = new PendingChallenge(challenge)
        {
            CodeHash = sealer.KeyedHash(Purpose, random.Id(), random.Id()),
        };
        var session = sessions.Begin(request.Client, found, progress, pending, call.Now);
        return new(SignInStep.Challenged(challenge, Parameters(destination), session), null);
    }

    /// <summary>Is <paramref name="digits"/> the code of the session? In constant time. A code that went
    /// elsewhere than to <paramref name="destination"/> is none.</summary>
    public bool Matches(ChallengeSession session, CodeDestination destination, string digits) =>
        session.Pending.CodeHash is { } hash && sealer.MatchesKeyedHash(
            Purpose,
            Owner(session.PoolId, session.Sub, session.Progress, session.Pending.Name, destination),
            digits,
            hash);

    private static Dictionary<string, string> Parameters(CodeDestination destination)
    {
        var details = destination.Details;
        return new()
        {
            ["CODE_DELIVERY_DELIVERY_MEDIUM"] = details.DeliveryMedium!,
            ["CODE_DELIVERY_DESTINATION"] = details.Destination!,
        };
    }

    private static string Owner(
        string poolId, string sub, SignInProgress progress, string challenge, CodeDestination destination) =>
        $"{poolId}/{sub}/{progress.EventId}/{challenge}/{destination.Attribute}/{destination.Value}";
}

/// <summary>A code to be sent.</summary>
/// <param name="Challenge">In which it is to be answered.</param>
/// <param name="IsNewContact">The destination becomes the user's with the right answer.</param>
public sealed record CodeOrder(
    string Challenge, CodeDestination Destination, int Digits = 6, bool IsNewContact = false);
