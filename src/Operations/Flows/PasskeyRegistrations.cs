using System.Buffers;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Passkeys;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// The challenges of registrations under way. Each is a sealed value that says for whom and until when it is
/// good, so starting a registration writes nothing; browsers give it back unchanged, inside what is signed.
/// </summary>
public sealed class PasskeyRegistrations(Sealer sealer, RandomSource random, SpentStore spent)
{
    private const string Purpose = "passkey-registration";

    /// <summary>The minute that browsers are given, and time for people who are slow.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>A challenge for the user on this app client.</summary>
    public byte[] Begin(SignedInUser user, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("id", random.Id());
            writer.WriteString("client", user.Client.Id);
            writer.WriteString("sub", user.User.Sub);
            writer.WriteNumber("exp", (now + Lifetime).ToUnixTimeMilliseconds());
            writer.WriteEndObject();
        }

        return sealer.Seal(Purpose, user.Pool.Id, buffer.WrittenSpan);
    }

    /// <summary>The registration that a challenge belongs to.</summary>
    /// <exception cref="ApiException">WebAuthnChallengeNotFoundException: not ours, the user's, or good any
    /// more; WebAuthnClientMismatchException.</exception>
    public async Task<PasskeyRegistration> Open(byte[] challenge, SignedInUser user, Call call)
    {
        var content = sealer.Open(Purpose, user.Pool.Id, challenge) ?? throw PasskeyRefusals.NoChallenge();
        using var document = JsonDocument.Parse(content);
        var root = document.RootElement;
        var id = root.GetProperty("id").GetString()!;
        var expiresAt = DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("exp").GetInt64());
        if (root.GetProperty("sub").GetString() != user.User.Sub || expiresAt <= call.Now)
            throw PasskeyRefusals.NoChallenge();
        if (root.GetProperty("client").GetString() != user.Client.Id) throw PasskeyRefusals.OtherClient();
        if (await spent.IsSpent(user.Pool.Id, id, call.Cancelled)) throw PasskeyRefusals.NoChallenge();
        return new(id, user.Pool.Id, expiresAt);
    }

    /// <summary>Uses the challenge up, within the transaction of what it leads to.</summary>
    /// <exception cref="ApiException">WebAuthnChallengeNotFoundException: another call was
    /// faster.</exception>
    public async Task Spend(Transaction transaction, PasskeyRegistration registration, Call call)
    {
        var isFirst = await spent.TrySpend(
            transaction, registration.PoolId, registration.Id, registration.ExpiresAt, call.Cancelled);
        if (!isFirst) throw PasskeyRefusals.NoChallenge();
    }
}

/// <summary>A registration under way.</summary>
public sealed record PasskeyRegistration(string Id, string PoolId, DateTimeOffset ExpiresAt);
