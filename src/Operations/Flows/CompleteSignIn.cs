using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>What follows once the password is proved and the gate has let the user through: the next
/// challenge, or tokens (auth: new password before second factors before tokens).</summary>
public sealed class CompleteSignIn(IssueTokens tokens, ChallengeSessions sessions)
{
    /// <summary>The next step for a user who has proved the password.</summary>
    public async Task<SignInStep> AfterPassword(SignInRequest request, User user, Call call) =>
        user.Status == UserStatusType.ForceChangePassword
            ? NewPasswordRequired(request, user, call)
            : await AfterFirstFactor(request, user, call);

    /// <summary>Tokens for a user who has passed the first factor.</summary>
    public async Task<SignInStep> AfterFirstFactor(SignInRequest request, User user, Call call)
    {
        MustNotNeedSecondFactor(request.Pool, user);
        return SignInStep.SignedIn(await tokens.ForSignIn(request.Pool, request.Client, user, call));
    }

    /// <summary>Second factors are not built yet. A pool that demands one must not be entered without it, nor
    /// an account that was imported with one.</summary>
    public static void MustNotNeedSecondFactor(UserPool pool, User user)
    {
        var isNeeded = pool.Settings.MfaConfiguration switch
        {
            UserPoolMfaType.On => true,
            UserPoolMfaType.Optional => user.Mfa.Enabled.Count > 0,
            _ => false,
        };
        if (isNeeded)
            throw AuthFlows.NotBuilt("Sign-in with a second factor");
    }

    private SignInStep NewPasswordRequired(SignInRequest request, User user, Call call)
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
        var required = Json(writer =>
        {
            writer.WriteStartArray();
            foreach (var name in AttributeSchema.Of(request.Pool).Missing(user.Attributes))
                writer.WriteStringValue(NewPasswordChallenge.AttributePrefix + name);
            writer.WriteEndArray();
        });
        return SignInStep.Challenged(
            ChallengeNameType.NewPasswordRequired,
            new Dictionary<string, string>
            {
                ["USER_ID_FOR_SRP"] = user.Username,
                ["requiredAttributes"] = required,
                ["userAttributes"] = attributes,
            },
            sessions.Begin(request.Client, user, ChallengeNameType.NewPasswordRequired, call.Now));
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(buffer, options)) write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
