using System.Globalization;

namespace Lifeguard.Crash.Tests;

/// <summary>One client of the load: it makes and changes its own users, one call after the other, until the
/// server is gone.</summary>
internal sealed class LoadClient(Pool pool, string prefix, Random random)
{
    private readonly List<KnownUser> users = [];

    /// <summary>All users that it may have made.</summary>
    public IReadOnlyList<KnownUser> Users => users;

    /// <summary>Calls that were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Ends when the server does not answer any more.</summary>
    public async Task Run()
    {
        try
        {
            while (true)
            {
                var creates = users.Count < 3 || random.Next(4) == 0;
                await (creates ? Create() : Change(users[random.Next(users.Count)]));
                Acknowledged++;
            }
        }
        catch (HttpRequestException)
        {
            // Killed: what was under way stays unknown.
        }
    }

    private Task Create()
    {
        var name = $"{prefix}u{users.Count}";
        var number = Math.Abs(name.Aggregate(17L, (hash, letter) => (hash * 31) + letter)) % 10_000_000_000;
        var phone = "+49" + number.ToString("0000000000", CultureInfo.InvariantCulture);
        var user = new KnownUser(name, phone, isInvited: random.Next(2) == 0);
        users.Add(user);
        return user.IsInvited
            ? Make(user, new("FORCE_CHANGE_PASSWORD", 0, null, false), "AdminCreateUser", pool.Invited(user))
            : Make(user, new("UNCONFIRMED", 0, "First-Passw0rd!", true), "SignUp", pool.SignedUp(user));
    }

    private Task Change(KnownUser user)
    {
        var now = user.Acknowledged!;
        return random.Next(user.MayReset ? 4 : 2) switch
        {
            0 => Make(
                user, now with { Nickname = now.Nickname + 1 },
                "AdminUpdateUserAttributes", pool.Nicknamed(user, now.Nickname + 1)),
            1 => SetPassword(user, now, $"Passw0rd!{random.Next(1_000_000)}"),
            2 => Make(
                user, now with { Status = "RESET_REQUIRED", Password = null, AwaitsCode = true },
                "AdminResetUserPassword", pool.Named(user)),
            _ => Make(user, now with { AwaitsCode = true }, "ForgotPassword", pool.OfApp(user)),
        };
    }

    /// <summary>A password by an administrator confirms the user and voids a code.</summary>
    private Task SetPassword(KnownUser user, Observed now, string password) => Make(
        user, now with { Status = "CONFIRMED", Password = password, AwaitsCode = false },
        "AdminSetUserPassword", pool.WithPassword(user, password));

    private async Task Make(KnownUser user, Observed outcome, string operation, object request)
    {
        user.Begin(outcome);
        await pool.Api.Must(operation, request);
        user.Succeed();
    }
}
