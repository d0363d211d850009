using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Mfa;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Operations.Flows;

/// <summary>The challenges of a sign-in as clients get them, each with a session that waits for the
/// answer.</summary>
public sealed class PoseChallenge(ChallengeSessions sessions, SignInCodes codes)
{
    private const string UserId = "USER_ID_FOR_SRP";

    /// <summary>NEW_PASSWORD_REQUIRED with the attributes that are there and the names of those
    /// missing.</summary>
    public PosedChallenge NewPassword(SignInRequest request, User user, SignInProgress progress, Call call)
    {
        var attributes = Json(writer =>
        {
            writer.WriteStartObject();
            foreach (var (name, value) in user.Attributes)
            {
                if (request.Client.MayRead(name)) writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        });
        var required = AttributeSchema.Of(request.Pool).Missing(user.Attributes)
            .Select(name => NewPasswordChallenge.AttributePrefix + name);
        return Plain(
            request,
            user,
            progress,
            ChallengeNameType.NewPasswordRequired,
            [new("requiredAttributes", Json(required)), new("userAttributes", attributes)],
            call);
    }

    /// <summary>A second factor to be answered. SMS_MFA and EMAIL_OTP come with a message.</summary>
    /// <exception cref="ApiException">One of the three trigger errors.</exception>
    public async Task<PosedChallenge> Factor(
        SignInRequest request, User user, SignInProgress progress, string factor, SoftwareToken? token,
        Call call)
    {
        if (factor == ChallengeNameType.SoftwareTokenMfa)
        {
            KeyValuePair<string, string>[] named =
                token?.Name is { } name ? [new("FRIENDLY_DEVICE_NAME", name)] : [];
            return Plain(request, user, progress, factor, named, call);
        }

        var destination = CodeDestination.ForFactor(user, factor) ?? throw Reject.NoSecondFactor();
        return await codes.Pose(request, user, progress, new(factor, destination), call);
    }

    /// <summary>SELECT_MFA_TYPE.</summary>
    public PosedChallenge Choice(
        SignInRequest request, User user, SignInProgress progress, IReadOnlyList<string> factors,
        Call call) => Plain(
        request,
        user,
        progress,
        ChallengeNameType.SelectMfaType,
        [new("MFAS_CAN_CHOOSE", Json(factors))],
        call);

    /// <summary>MFA_SETUP.</summary>
    public PosedChallenge SetUp(
        SignInRequest request, User user, SignInProgress progress, IReadOnlyList<string> factors,
        Call call) => Plain(
        request,
        user,
        progress,
        ChallengeNameType.MfaSetup,
        [new("MFAS_CAN_SETUP", Json(factors))],
        call);

    /// <summary>DEVICE_SRP_AUTH.</summary>
    public PosedChallenge Device(
        SignInRequest request, User user, SignInProgress progress, string deviceKey, Call call)
    {
        var session = sessions.Begin(
            request.Client, user, progress, new(ChallengeNameType.DeviceSrpAuth), call.Now);
        var parameters = new Dictionary<string, string>
        {
            ["USERNAME"] = user.Username,
            ["DEVICE_KEY"] = deviceKey,
        };
        return new(SignInStep.Challenged(ChallengeNameType.DeviceSrpAuth, parameters, session), null);
    }

    private PosedChallenge Plain(
        SignInRequest request, User user, SignInProgress progress, string challenge,
        IEnumerable<KeyValuePair<string, string>> parameters, Call call)
    {
        var all = new Dictionary<string, string>([new(UserId, user.Username), .. parameters]);
        var session = sessions.Begin(request.Client, user, progress, new(challenge), call.Now);
        return new(SignInStep.Challenged(challenge, all, session), null);
    }

    private static string Json(IEnumerable<string> texts) => Json(writer =>
    {
        writer.WriteStartArray();
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    });

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(buffer, options)) write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

/// <summary>A challenge, ready to be handed out once its message is committed.</summary>
/// <param name="Message">Null where the challenge sends none.</param>
public sealed record PosedChallenge(SignInStep Step, OutgoingMessage? Message)
{
    /// <summary>Never prints its members: they hold a session and a code.</summary>
    public override string ToString() => nameof(PosedChallenge);
}
