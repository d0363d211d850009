using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// The state between two steps of a sign-in, sealed and handed to the client: beginning a sign-in writes
/// nothing. A session is bound to pool, client, user and the challenge it awaits.
/// </summary>
public sealed class ChallengeSessions(Sealer sealer, RandomSource random)
{
    private const string Purpose = "session";

    /// <summary>A session in which <paramref name="user"/> has to answer
    /// <paramref name="challenge"/>.</summary>
    public string Begin(AppClient client, User user, string challenge, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("id", random.Id());
            writer.WriteString("client", client.Id);
            writer.WriteString("sub", user.Sub);
            writer.WriteString("challenge", challenge);
            if (user.Password is { } password) writer.WriteNumber("password", Milliseconds(password.SetAt));
            writer.WriteNumber("exp", Milliseconds(now + client.SessionLifetime));
            writer.WriteEndObject();
        }

        return Base64Url.EncodeToString(sealer.Seal(Purpose, client.PoolId, buffer.WrittenSpan));
    }

    /// <summary>The state inside a session that awaits <paramref name="challenge"/>.</summary>
    /// <exception cref="ApiException">NotAuthorizedException: not
    /// ours, of another client or challenge, or too old.</exception>
    public ChallengeSession Open(string session, AppClient client, string challenge, DateTimeOffset now)
    {
        if (!Base64Url.IsValid(session)) throw Reject.SessionInvalid();
        var content = sealer.Open(Purpose, client.PoolId, Base64Url.DecodeFromChars(session))
            ?? throw Reject.SessionInvalid();
        using var document = JsonDocument.Parse(content);
        var root = document.RootElement;
        if (root.GetProperty("client").GetString() != client.Id
            || root.GetProperty("challenge").GetString() != challenge)
        {
            throw Reject.SessionInvalid();
        }

        var expiresAt = DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("exp").GetInt64());
        if (expiresAt <= now) throw Reject.SessionExpired();
        DateTimeOffset? passwordSetAt = root.TryGetProperty("password", out var password)
            ? DateTimeOffset.FromUnixTimeMilliseconds(password.GetInt64())
            : null;
        return new(
            root.GetProperty("id").GetString()!,
            root.GetProperty("sub").GetString()!,
            passwordSetAt,
            expiresAt);
    }

    private static long Milliseconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();
}

/// <summary>What a session holds.</summary>
/// <param name="Id">Noted as spent when the challenge is passed.</param>
/// <param name="PasswordSetAt">Which password the sign-in began with; null for a user without one.</param>
public sealed record ChallengeSession(
    string Id, string Sub, DateTimeOffset? PasswordSetAt, DateTimeOffset ExpiresAt);
