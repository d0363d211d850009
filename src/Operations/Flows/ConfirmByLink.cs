using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Somebody follows the link of a mail, and is confirmed. Rates, tries and triggers are those of typing the
/// code; the link alone says who it is, since there is no secret in it (doc).
/// </summary>
public sealed class ConfirmByLink(
    ResolveClient clients, ConfirmRegistration registration, PoolTriggers triggers, RateLimits rates,
    AnswerTicks ticks)
{
    /// <summary>False where the link is not good, or no longer; nothing tells why.</summary>
    public async Task<bool> Confirm(ConfirmSignUpRequest link, Call call)
    {
        var beginning = ticks.Begin();
        try
        {
            return await FollowRepeatedly(link, call);
        }
        finally
        {
            await ticks.Await(beginning, call.Cancelled);
        }
    }

    private async Task<bool> FollowRepeatedly(ConfirmSignUpRequest link, Call call)
    {
        for (var run = 1; run <= OperationRunner.MaxRuns; run++)
        {
            try
            {
                await Follow(link, call);
                return true;
            }
            catch (ApiException)
            {
                return false;
            }
            catch (ConflictException)
            {
                call.Restart();
            }
        }

        return false;
    }

    private async Task Follow(ConfirmSignUpRequest link, Call call)
    {
        var violations = new Violations();
        link.Check(violations, MemberPath.Root);
        if (!violations.IsEmpty) throw Reject.InvalidParameter(violations.Message);
        await rates.Enter(OperationTable.Find("ConfirmSignUp")!.Facts, link, call.Now, call.Cancelled);
        var (pool, client) = await clients.Get(link.ClientId, call.Cancelled);
        var confirmed = await registration.Confirm(
            pool, client, link.Username, link.ConfirmationCode, forceAlias: false, call);
        await Tell(pool, client, confirmed, call);
    }

    /// <summary>The person is confirmed whatever the function says of it (doc), and can do nothing about
    /// it.</summary>
    private async Task Tell(UserPool pool, AppClient client, User confirmed, Call call)
    {
        try
        {
            await triggers.PostConfirmation(
                pool, client, "PostConfirmation_ConfirmSignUp", confirmed, null, call);
        }
        catch (ApiException)
        {
            // The trigger's own log has it.
        }
    }
}
