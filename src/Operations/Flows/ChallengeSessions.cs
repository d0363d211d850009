using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// The state between two steps of a sign-in, sealed and handed to the client: beginning a sign-in writes
/// nothing. A session is bound to pool, client, user, the user's password and the challenge it awaits.
/// </summary>
public sealed class ChallengeSessions(Sealer sealer, RandomSource random)
{
    /// <summary>The contract takes no longer session back.</summary>
    public const int MaxLength = 2048;

    private const string Purpose = "session";

    /// <summary>As long as any instant: otherwise the length of a session told which names exist.</summary>
    private const long NoPassword = 9_999_999_999_999;

    /// <summary>The pool stands inside: who opens a session does not always know yet whose it is.</summary>
    private const string Owner = "";

    /// <summary>A session in which <paramref name="user"/> has to answer <paramref name="pending"/>. Each
    /// begins the time anew (doc).</summary>
    /// <exception cref="ApiException">InvalidLambdaResponseException: it would be too long, which only what
    /// triggers put into it can make it.</exception>
    public string Begin(
        AppClient client, User user, SignInProgress progress, PendingChallenge pending,
        DateTimeOffset now) => Begin(client, SignInUser.Of(user), progress, pending, now);

    /// <summary>As the other, for users and for the stand-ins of names that nobody has.</summary>
    public string Begin(
        AppClient client, SignInUser found, SignInProgress progress, PendingChallenge pending,
        DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("id", random.Id());
            writer.WriteString("pool", client.PoolId);
            writer.WriteString("client", client.Id);
            writer.WriteString("sub", found.Sub);
            writer.WriteNumber(
                "password",
                found.User?.Password is { } password ? Milliseconds(password.SetAt) : NoPassword);
            writer.WriteNumber("exp", Milliseconds(now + client.SessionLifetime));
            SessionJson.WriteProgress(writer, progress);
            SessionJson.WritePending(writer, pending);
            writer.WriteEndObject();
        }

        var session = Base64Url.EncodeToString(sealer.Seal(Purpose, Owner, buffer.WrittenSpan));
        return session.Length <= MaxLength
            ? session
            : throw new ApiException(
                Errors.InvalidLambdaResponseException, "The challenge does not fit into a session.");
    }

    /// <summary>The state inside a session that awaits <paramref name="challenge"/>.</summary>
    /// <exception cref="ApiException">NotAuthorizedException: not
    /// ours, of another client or challenge, or too old.</exception>
    public ChallengeSession Open(string session, AppClient client, string challenge, DateTimeOffset now)
    {
        var opened = Open(session, challenge, now);
        return opened.PoolId == client.PoolId && opened.ClientId == client.Id
            ? opened
            : throw Reject.SessionInvalid();
    }

    /// <summary>As the other, where nothing but the session says whose sign-in it is.</summary>
    /// <exception cref="ApiException">NotAuthorizedException: not ours, of another challenge, or too
    /// old.</exception>
    public ChallengeSession Open(string session, string challenge, DateTimeOffset now)
    {
        var opened = Read(session);
        if (opened?.Pending.Name != challenge) throw Reject.SessionInvalid();
        return opened.ExpiresAt > now ? opened : throw Reject.SessionExpired();
    }

    /// <summary>The state inside a session of the client, whatever it awaits and however old it is; null for
    /// what is none.</summary>
    public ChallengeSession? Find(string session, AppClient client) =>
        Read(session) is { } opened && opened.PoolId == client.PoolId && opened.ClientId == client.Id
            ? opened
            : null;

    private ChallengeSession? Read(string session)
    {
        if (!Base64Url.IsValid(session)
            || sealer.Open(Purpose, Owner, Base64Url.DecodeFromChars(session)) is not { } content)
            return null;
        using var document = JsonDocument.Parse(content);
        var root = document.RootElement;
        return new(
            root.GetProperty("id").GetString()!,
            root.GetProperty("pool").GetString()!,
            root.GetProperty("client").GetString()!,
            root.GetProperty("sub").GetString()!,
            PasswordSetAt(root),
            Instant(root.GetProperty("exp")),
            SessionJson.ReadProgress(root),
            SessionJson.ReadPending(root));
    }

    private static DateTimeOffset? PasswordSetAt(JsonElement root) =>
        root.TryGetProperty("password", out var at) && at.GetInt64() != NoPassword ? Instant(at) : null;

    private static long Milliseconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    private static DateTimeOffset Instant(JsonElement milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.GetInt64());
}
