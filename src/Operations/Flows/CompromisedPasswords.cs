using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Domain.Risk;
using Lifeguard.Storage;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Looks passwords up among those that are known to be in circulation. Where that cannot be done in time
/// they pass: nobody is locked out because somebody else's server is down.
/// </summary>
public sealed partial class CompromisedPasswords(
    IPasswordRanges ranges, RiskConfigurationStore configurations, UserStore users, Database database,
    TimeProvider clock, ILogger<CompromisedPasswords> log)
{
    /// <summary>A call waits no longer than this.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>After a failure nobody is asked for so long, so that a dead endpoint does not slow every call
    /// down.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private long pausedUntil;

    /// <summary>Refuses a new password that is known, where the pool wants that.</summary>
    /// <param name="use">One of <see cref="EventFilterType"/>.</param>
    /// <exception cref="ApiException">InvalidPasswordException.</exception>
    public async Task MustNotBeNew(UserPool pool, AppClient client, string use, string password, Call call)
    {
        if (await IsBlocked(pool, client, use, password, call)) throw RiskRefusals.CompromisedPassword();
    }

    /// <summary>After the right password: a user whose password is known has to reset it, where the pool
    /// wants that (doc). A temporary one has to be replaced anyway.</summary>
    /// <exception cref="ApiException">PasswordResetRequiredException.</exception>
    public async Task MustNotSignIn(SignInRequest request, User user, string password, Call call)
    {
        if (!user.IsResettable) return;
        if (!await IsBlocked(request.Pool, request.Client, EventFilterType.SignIn, password, call)) return;
        await database.Write(
            transaction => users.Update(
                transaction, user.RequirePasswordReset(call.Now), request.Pool, call.Cancelled),
            call.Cancelled);
        throw Reject.PasswordResetRequired();
    }

    private async Task<bool> IsBlocked(
        UserPool pool, AppClient client, string use, string password, Call call)
    {
        if (!pool.IsWatched || !ranges.AreKept) return false;
        var configuration = await configurations.Of(
            pool.Id, client.Id, call.Replica?.Region, call.Cancelled);
        if (!configuration.LooksUpPasswords(use) || !await IsKnown(password, call)) return false;
        var isBlocked = configuration.BlocksCompromisedPasswords && pool.EnforcesThreatProtection();
        call.Risk = new()
        {
            IsCompromised = true,
            Response = isBlocked ? RiskResponse.Block : RiskResponse.Nothing,
        };
        return isBlocked;
    }

    private async Task<bool> IsKnown(string password, Call call)
    {
        var now = clock.GetTimestamp();
        if (now < Interlocked.Read(ref pausedUntil)) return false;
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, call.Cancelled);
        try
        {
            var range = PasswordRange.Of(password);
            // WaitAsync also leaves somebody behind who ignores cancellation.
            return range.IsIn(await ranges.Read(range.Prefix, either.Token).WaitAsync(either.Token));
        }
        catch (Exception failure) when (!call.Cancelled.IsCancellationRequested
            && failure is HttpRequestException or IOException or UnauthorizedAccessException
                or OperationCanceledException)
        {
            Interlocked.Exchange(
                ref pausedUntil, now + (long)(Pause.TotalSeconds * clock.TimestampFrequency));
            // Its message may name what was asked for.
            LogTrouble(log, failure.GetType().Name, (int)Pause.TotalSeconds);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning,
        "Compromised passwords cannot be looked up ({Failure}); none are for {Seconds} seconds")]
    private static partial void LogTrouble(ILogger log, string failure, int seconds);
}
