using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// The user of a sign-in or recovery, or a stand-in that makes an unknown name behave like a known one: the
/// same counters, the same salt and the same id at every try (RFC 5054 §2.5.1.3).
/// </summary>
public sealed class FindSignInUser(ResolveUser users, Sealer sealer)
{
    /// <exception cref="ApiException">UserNotFoundException,
    /// only for clients that reveal existence.</exception>
    public async Task<SignInUser> Find(
        UserPool pool, AppClient client, string name, CancellationToken cancellation)
    {
        if (await users.Find(pool, name, cancellation) is { } user) return SignInUser.Of(user);
        return client.HidesUserExistence ? StandIn(pool, name) : throw Reject.UserNotFound();
    }

    /// <summary>What stands for a name that nobody has.</summary>
    public SignInUser StandIn(UserPool pool, string name)
    {
        var id = StandInId(pool, name);
        return new(null, id, IsUsername(pool, name) ? pool.Fold(name) : id);
    }

    /// <summary>A UUID that always belongs to this unknown name, in the form of a user's own id.</summary>
    public string StandInId(UserPool pool, string name)
    {
        var bytes = sealer.Pseudonym("unknown-user", pool, pool.Fold(name)).AsSpan(0, 16);
        // RFC 9562 §5.4: version and variant, which a random value would betray itself by.
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>Where people choose user names, a known user is called by the name itself; found by an
    /// address, or where names are generated, by something else than what was typed.</summary>
    private static bool IsUsername(UserPool pool, string name) =>
        !pool.SignsInWithAttributes
        && !(pool.HasAlias(AttributeNames.Email) && name.Contains('@'))
        && !(pool.HasAlias(AttributeNames.PhoneNumber) && name.StartsWith('+'));
}

/// <summary>Who signs in.</summary>
/// <param name="User">Null for a name nobody has.</param>
/// <param name="Sub">The user's, or the stand-in's: counters hang on it.</param>
/// <param name="Username">What SRP hashes.</param>
public sealed record SignInUser(User? User, string Sub, string Username)
{
    /// <summary>When a sign-in begins that is at the point of it: <paramref name="now"/>, or a little later
    /// where the user was just signed out everywhere, as by a function that this very call has
    /// asked.</summary>
    public DateTimeOffset Begins(DateTimeOffset now) =>
        User?.SignedOutAt is { } end && end > now ? end : now;

    /// <summary>Somebody who exists.</summary>
    public static SignInUser Of(User user) => new(user, user.Sub, user.Username);
}
