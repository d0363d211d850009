using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Operations.Triggers;

/// <summary>The three triggers by which an application defines a sign-in of its own. A pool has all of them,
/// or none of its clients may begin such a sign-in.</summary>
public sealed class ChallengeTriggers(TriggerCaller caller)
{
    /// <summary>What comes next, after these challenges?</summary>
    public async Task<Definition> Define(ChallengeSubject subject, SignInProgress progress, Call call)
    {
        var response = await caller.Invoke(
            Event(
                "DefineAuthChallenge",
                subject.Pool.Settings.LambdaConfig?.DefineAuthChallenge,
                subject,
                writer => WriteHistory(writer, progress.History),
                call,
                "challengeName", "issueTokens", "failAuthentication"),
            call);
        return new(
            response.Text("challengeName"),
            response.Flag("issueTokens"),
            response.Flag("failAuthentication"));
    }

    /// <summary>Makes a challenge.</summary>
    public async Task<CreatedChallenge> Create(ChallengeSubject subject, SignInProgress progress, Call call)
    {
        var response = await caller.Invoke(
            Event(
                "CreateAuthChallenge",
                subject.Pool.Settings.LambdaConfig?.CreateAuthChallenge,
                subject,
                writer =>
                {
                    writer.WriteString("challengeName", ChallengeNameType.CustomChallenge);
                    WriteHistory(writer, progress.History);
                },
                call,
                "publicChallengeParameters", "privateChallengeParameters", "challengeMetadata"),
            call);
        return new(
            response.Map("publicChallengeParameters"),
            response.Map("privateChallengeParameters"),
            response.Text("challengeMetadata"));
    }

    /// <summary>Is the answer right?</summary>
    public async Task<bool> Verify(
        ChallengeSubject subject, IReadOnlyDictionary<string, string>? privateParameters, string answer,
        Call call)
    {
        var response = await caller.Invoke(
            Event(
                "VerifyAuthChallengeResponse",
                subject.Pool.Settings.LambdaConfig?.VerifyAuthChallengeResponse,
                subject,
                writer =>
                {
                    writer.WriteMap("privateChallengeParameters", privateParameters);
                    writer.WriteString("challengeAnswer", answer);
                },
                call,
                "answerCorrect"),
            call);
        return response.Flag("answerCorrect");
    }

    private static TriggerEvent Event(
        string name, string? arn, ChallengeSubject subject, Action<Utf8JsonWriter> request, Call call,
        params string[] response) => new()
        {
            // A trigger that was taken away in the midst of a sign-in.
            FunctionArn = arn ?? throw NotConfigured(),
            Name = name,
            Source = name + "_Authentication",
            Pool = subject.Pool,
            UserName = subject.Username,
            ClientId = subject.Client.Id,
            UserAgent = call.UserAgent,
            Request = writer =>
            {
                if (subject.User is { } user) writer.WriteUser(user);
                else writer.WriteAttributes("userAttributes", UserAttributes.Empty);
                request(writer);
                if (subject.ClientMetadata is { } metadata) writer.WriteMap("clientMetadata", metadata);
                // Only clients that hide existence let the function see names that nobody has (doc).
                if (subject.Client.HidesUserExistence)
                    writer.WriteBoolean("userNotFound", subject.User is null);
            },
            Response = writer =>
            {
                foreach (var member in response) writer.WriteNull(member);
            },
        };

    /// <summary>The pool lacks a trigger that custom sign-ins need.</summary>
    public static ApiException NotConfigured() =>
        Reject.InvalidParameter("Custom auth lambda trigger is not configured for the user pool.");

    private static void WriteHistory(Utf8JsonWriter writer, IReadOnlyList<PastChallenge> history)
    {
        writer.WriteStartArray("session");
        foreach (var past in history)
        {
            writer.WriteStartObject();
            writer.WriteString("challengeName", past.Name);
            writer.WriteBoolean("challengeResult", past.Passed);
            writer.WriteString("challengeMetadata", past.Metadata);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}

/// <summary>Whose sign-in the functions are asked about.</summary>
/// <param name="User">Null for a name nobody has, at clients that hide existence.</param>
/// <param name="Username">The user's, or the name that the client sent.</param>
/// <param name="ClientMetadata">Of the call; null where it does not reach these triggers.</param>
public sealed record ChallengeSubject(
    UserPool Pool, AppClient Client, User? User, string Username,
    IReadOnlyDictionary<string, string>? ClientMetadata)
{
    /// <summary>Never prints its members.</summary>
    public override string ToString() => nameof(ChallengeSubject);
}

/// <summary>What the define trigger has decided.</summary>
/// <param name="Challenge">The next one; null for none.</param>
public sealed record Definition(string? Challenge, bool IssuesTokens, bool Fails);

/// <summary>What the create trigger has made; null for what it left out.</summary>
/// <param name="Public">For the client.</param>
/// <param name="Private">For the verify trigger alone.</param>
/// <param name="Metadata">A name that later events repeat.</param>
public sealed record CreatedChallenge(
    IReadOnlyDictionary<string, string>? Public, IReadOnlyDictionary<string, string>? Private,
    string? Metadata)
{
    /// <summary>Never prints its members: they hold the answer.</summary>
    public override string ToString() => nameof(CreatedChallenge);
}
