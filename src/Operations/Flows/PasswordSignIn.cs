using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>USER_PASSWORD_AUTH and ADMIN_USER_PASSWORD_AUTH: the client sends the password.</summary>
public sealed class PasswordSignIn(
    MigrateUser migrate, PreAuthentication preAuthentication, PasswordAttempts attempts, Passwords passwords,
    FindDevice devices, CompromisedPasswords compromised, OpenChallenge open, CompleteSignIn complete,
    UserStore users, RandomSource random, Database database)
{
    public async Task<SignInStep> Start(string flow, SignInRequest request, Call call)
    {
        var name = request.Required("USERNAME");
        request.Required("PASSWORD");
        ResolveClient.MustKnowSecret(request.Client, request.Optional("SECRET_HASH"), name);

        var (pool, client) = (request.Pool, request.Client);
        var found = await migrate.FindBySignIn(request, name, call);
        if (found.User is { } known) SignInGate.BeforePassword(client, known);
        SignInGate.MustHavePassword(client, found.User);
        found = await preAuthentication.Ask(request, found, name, call);
        return await Prove(request, found, Begin, null, call);

        SignInProgress Begin() =>
            SignInProgress.Begin(flow, request.Optional("DEVICE_KEY"), random, found.Begins(call.Now)) with
            {
                AskedLevels = request.AskedLevels,
                IsOnPages = request.IsOnPages,
            };
    }

    /// <summary>The sign-in after the password that the client sent.</summary>
    /// <param name="progress">How far the sign-in has come; asked for once the password is right.</param>
    /// <param name="session">What the password came with: good for one, right or wrong. Null for
    /// nothing.</param>
    public async Task<SignInStep> Prove(
        SignInRequest request, SignInUser found, Func<SignInProgress> progress, ChallengeSession? session,
        Call call)
    {
        var pool = request.Pool;
        var password = request.Required("PASSWORD");
        await attempts.Judge(pool.Id, found.Sub, IsRight, call);
        var user = found.User!;
        SignInGate.AfterPassword(pool, user, call.Now);
        await devices.MustBeKnown(pool, user.Sub, request.Optional("DEVICE_KEY"), call);
        await compromised.MustNotSignIn(request, user, password, call);
        user = await Strengthen(pool, user, password, call);
        return await complete.Next(request, user, progress().WithFirstFactor(AuthMethods.Password), call);

        async Task<bool> IsRight()
        {
            var isRight = await passwords.IsCorrect(found.User, password, call);
            if (session is null) return isRight;
            await database.Write(
                transaction => open.Spend(transaction, session, call), call.Cancelled);
            return isRight;
        }
    }

    /// <summary>Makes hash and verifier anew where the deployment's parameters have risen since, where the
    /// hash was imported, or where there is no verifier.</summary>
    private async Task<User> Strengthen(UserPool pool, User user, string password, Call call)
    {
        if (!passwords.IsOutdated(user.Password!)) return user;
        var fresh = await passwords.Create(pool, user.Username, password, user.Password!.IsTemporary, call);
        var stronger = user with { Password = fresh with { SetAt = user.Password.SetAt } };
        await database.Write(
            transaction => users.Update(transaction, stronger, pool, call.Cancelled), call.Cancelled);
        return stronger with { Version = user.Version + 1 };
    }
}
