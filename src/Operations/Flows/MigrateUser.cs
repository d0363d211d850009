using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Brings users over whom the pool does not know and its function does. To clients that hide existence,
/// somebody who is known nowhere looks like a wrong password, whatever the function says.
/// </summary>
public sealed partial class MigrateUser(
    MigrationTrigger trigger, FindSignInUser find, ResolveUser resolve, PasswordAttempts attempts,
    PreAuthentication preAuthentication, HourlyLimits limits, CreateMigratedUser create,
    ILogger<MigrateUser> log)
{
    /// <summary>Who signs in with a password, brought over where need be. Guesses at the passwords of users
    /// elsewhere are counted as guesses at known users are.</summary>
    /// <exception cref="ApiException">UserNotFoundException, only for clients that reveal existence;
    /// NotAuthorizedException; one of the three trigger errors.</exception>
    public async Task<SignInUser> FindBySignIn(SignInRequest request, string name, Call call)
    {
        var (pool, client) = (request.Pool, request.Client);
        if (!MayCome(pool, name, call)) return await find.Find(pool, client, name, call.Cancelled);
        if (await resolve.Find(pool, name, call.Cancelled) is { } known) return SignInUser.Of(known);
        var standIn = find.StandIn(pool, name);
        var newcomer = new Newcomer(pool, client, name)
        {
            Password = request.Required("PASSWORD"),
            ValidationData = request.ValidationData,
        };
        (User? User, ApiException? Refusal) brought = default;
        try
        {
            await attempts.Judge(pool.Id, standIn.Sub, IsBrought, call);
        }
        catch (ApiException) when (brought.Refusal is not null && !client.HidesUserExistence)
        {
            throw brought.Refusal;
        }

        return SignInUser.Of(brought.User!);

        async Task<bool> IsBrought()
        {
            brought = await Bring(newcomer, Reject.UserNotFound(), call);
            // Such clients let that function see names that nobody has (doc).
            if (brought.User is null && client.HidesUserExistence)
                await preAuthentication.Ask(request, standIn, name, call);
            return brought.User is not null;
        }
    }

    /// <summary>Brings a user over who says to have forgotten the password. Clients that hide existence are
    /// not told where there is none.</summary>
    /// <exception cref="ApiException">UserNotFoundException, only for clients that reveal existence;
    /// LimitExceededException; one of the three trigger errors.</exception>
    public async Task ComeToRecover(
        UserPool pool, AppClient client, string name, IReadOnlyDictionary<string, string>? clientMetadata,
        Call call)
    {
        if (!MayCome(pool, name, call)) return;
        if (await resolve.Find(pool, name, call.Cancelled) is not null) return;
        var standIn = find.StandInId(pool, name);
        await limits.MustBeWithin(pool.Id, standIn, AttemptKind.ResetRequest, call);
        var newcomer = new Newcomer(pool, client, name) { ClientMetadata = clientMetadata };
        var (_, refusal) = await Bring(newcomer, Reject.UsernameClientNotFound(), call);
        if (refusal is not null && !client.HidesUserExistence) throw refusal;
    }

    /// <summary>A replica takes no new users. A name that no user could have is not asked about.</summary>
    private static bool MayCome(UserPool pool, string name, Call call) =>
        MigrationTrigger.Has(pool) && call.Replica is null && Rules.UsernameType.Accepts(name);

    private async Task<(User? User, ApiException? Refusal)> Bring(
        Newcomer newcomer, ApiException unknown, Call call)
    {
        // Another sign-in of the same person may have been faster.
        if (await resolve.Find(newcomer.Pool, newcomer.Name, call.Cancelled) is { } known)
            return (known, null);
        MigratedUser? described;
        try
        {
            described = await trigger.Find(newcomer, call);
        }
        catch (ApiException refusal) when (refusal.Code == Errors.UserLambdaValidationException)
        {
            return (null, refusal);
        }

        if (described is null) return (null, unknown);
        try
        {
            return (await create.Create(newcomer, described, call), null);
        }
        catch (ApiException misfit) when (misfit.Code is Errors.InvalidParameterException
            or Errors.UsernameExistsException or Errors.AliasExistsException)
        {
            LogMisfit(log, newcomer.Pool.Id, misfit.Text ?? misfit.Code);
            return (null, CannotMigrate(newcomer.Client));
        }
    }

    /// <summary>What the function describes cannot be a user of the pool (observed words).</summary>
    private static ApiException CannotMigrate(AppClient client) => new(
        Errors.UserNotFoundException, $"Exception migrating user in app client {client.Id}");

    [LoggerMessage(
        1, LogLevel.Warning, "What UserMigration of pool {PoolId} returned cannot be a user: {Reason}")]
    private static partial void LogMisfit(ILogger log, string poolId, string reason);
}
