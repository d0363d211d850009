using Lifeguard.Domain;
using Lifeguard.Protocol.Passwords;
using Lifeguard.Protocol.Srp;

namespace Lifeguard.Operations.Flows;

/// <summary>Makes password credentials and checks passwords against them.</summary>
public sealed class Passwords(ComputeQueue queue, RandomSource random, Argon2idParameters parameters)
{
    /// <summary>Compared with when there is no user or no
    /// password, so that the answer takes as long.</summary>
    private readonly Lazy<Argon2idHash> decoy =
        new(() => Argon2idHash.Create("decoy", new byte[Argon2idHash.SaltLength], parameters));

    /// <summary>The hash and the SRP verifier of a new password.</summary>
    public Task<PasswordCredential> Create(
        UserPool pool, string username, string password, bool isTemporary, Call call)
    {
        var salt = random.Bytes(Argon2idHash.SaltLength);
        var srpSalt = SrpSalt.From(random.Bytes(SrpSalt.ByteLength));
        return queue.Run(
            () => new PasswordCredential(
                Argon2idHash.Create(password, salt, parameters).Text,
                srpSalt,
                SrpVerifier.Create(pool.SrpName, username, password, srpSalt),
                call.Now,
                isTemporary),
            call);
    }

    /// <summary>Is this the user's password? Takes the same time for users without one, and for nobody; only
    /// a hash that was imported, until its first sign-in, takes the time of its own scheme.</summary>
    public Task<bool> IsCorrect(User? user, string password, Call call) => queue.Run(
        () =>
        {
            var known = PasswordHash.TryRead(user?.SignInPassword?.Hash, out var hash);
            return (hash ?? decoy.Value).Matches(password) && known;
        },
        call);

    /// <summary>Was it hashed with parameters weaker than today's, or elsewhere? What was imported or cloned
    /// comes without the verifier that SRP needs.</summary>
    public bool IsOutdated(PasswordCredential credential) =>
        credential.SrpVerifier.Length == 0
        || !Argon2idHash.TryParse(credential.Hash, out var hash)
        || hash.NeedsRehash(parameters);

    /// <summary>Refuses a password that the pool's history remembers; the current one counts (doc).</summary>
    /// <exception cref="ApiException">PasswordHistoryPolicyViolationException.</exception>
    public async Task MustBeNew(UserPool pool, User user, string password, Call call)
    {
        var size = pool.PasswordPolicy.HistorySize;
        if (size == 0) return;
        string?[] remembered = [user.Password?.Hash, .. user.PasswordHistory];
        foreach (var earlier in remembered.OfType<string>().Take(size))
        {
            var isReused = await queue.Run(
                () => PasswordHash.TryRead(earlier, out var hash) && hash.Matches(password), call);
            if (isReused) throw Reject.PasswordReused();
        }
    }

    /// <summary>The user with a new password, once it satisfies the pool's policy and history.</summary>
    /// <exception cref="ApiException">InvalidPasswordException,
    /// PasswordHistoryPolicyViolationException.</exception>
    public async Task<User> Change(UserPool pool, User user, string password, bool isTemporary, Call call)
    {
        pool.PasswordPolicy.Check(password);
        await MustBeNew(pool, user, password, call);
        var credential = await Create(pool, user.Username, password, isTemporary, call);
        return user.WithPassword(credential, pool.PasswordPolicy.HistorySize, call.Now);
    }
}
