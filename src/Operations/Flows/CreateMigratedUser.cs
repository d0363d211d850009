using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Makes a user of whom the UserMigration trigger describes, with the password that was
/// typed.</summary>
public sealed class CreateMigratedUser(
    ResolveUser resolve, UserStore users, Passwords passwords, ComposeMessage messages,
    MessageDelivery delivery, RandomSource random, Database database)
{
    /// <summary>Stands where a welcome tells of a temporary password, which a migrated user has none of: the
    /// own one belongs into no message.</summary>
    private const string OwnPassword = "********";

    /// <summary>The new user. Two who do this at once for one name make one user.</summary>
    /// <exception cref="ApiException">InvalidParameterException, UsernameExistsException or
    /// AliasExistsException: the pool cannot have such a user; one of the three trigger errors.</exception>
    public async Task<User> Create(Newcomer newcomer, MigratedUser described, Call call)
    {
        var (pool, _, typed) = newcomer;
        var user = described.In(pool, typed, random.Id(), call.Now);
        var name = pool.SignsInWithAttributes ? typed : user.Username;
        if (await resolve.TakenName(pool, name, user, call.Cancelled) is { } taken)
            return await Faster(newcomer, NameTaken(taken), call);
        await resolve.PreferredNameMustBeFree(pool, user, call.Cancelled);
        // The policy is for new passwords, and this one is not new (doc).
        if (newcomer.Password is { } password)
        {
            var credential = await passwords.Create(pool, user.Username, password, isTemporary: false, call);
            user = user with { Password = credential };
        }

        var welcome = await Welcome(newcomer, described, user, call);
        try
        {
            await Write(pool, user, described.TakesAliases, welcome, call);
            return user;
        }
        catch (UsernameTakenException)
        {
            return await Faster(newcomer, NameTaken("username"), call);
        }
        catch (AliasTakenException alias)
        {
            return await Faster(newcomer, Reject.AliasExists(alias.Kind, given: false), call);
        }
    }

    private async Task<IReadOnlyList<OutgoingMessage>> Welcome(
        Newcomer newcomer, MigratedUser described, User user, Call call)
    {
        var welcome = new List<OutgoingMessage>();
        if (!described.IsWelcomed) return welcome;
        foreach (var destination in MigratedUser.Destinations(user, described.Mediums))
        {
            var request = new MessageRequest(
                newcomer.Pool, newcomer.Client, user, MessageSource.AdminCreateUser, destination,
                newcomer.ClientMetadata)
            {
                CodeMayBeLeftOut = true,
                CalledBy = newcomer.Name,
            };
            welcome.Add(await messages.Compose(request, OwnPassword, call));
        }

        return welcome;
    }

    private Task Write(
        UserPool pool, User user, bool takesAliases, IReadOnlyList<OutgoingMessage> welcome, Call call) =>
        database.Write(
            async transaction =>
            {
                if (takesAliases) await users.TakeOverAliases(transaction, pool, user, call);
                await users.Insert(transaction, user, pool, call.Cancelled);
                foreach (var message in welcome) await delivery.Commit(transaction, message, call);
            },
            call.Cancelled);

    /// <summary>Whoever is found by the name by now was brought over by another call; else the name belongs
    /// to somebody else.</summary>
    private async Task<User> Faster(Newcomer newcomer, ApiException refusal, Call call) =>
        await resolve.Find(newcomer.Pool, newcomer.Name, call.Cancelled) ?? throw refusal;

    private static ApiException NameTaken(string kind) =>
        new(Errors.UsernameExistsException, $"Another user has this {kind}.");
}
