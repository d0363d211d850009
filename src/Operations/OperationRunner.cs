using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Lifeguard.Operations;

/// <summary>
/// Takes a call from the wire to its answer. The order of the steps is a fact of the service: signature,
/// decoding, constraints, permission, rate, the caller's token, the pool's place, the operation.
/// </summary>
public sealed partial class OperationRunner(
    IServiceProvider services,
    Signatures signatures,
    AccessTokens tokens,
    Regions regions,
    RateLimits rates,
    DeliverAnswer answers,
    ComputeQueue computations,
    Turns turns,
    Deployment deployment,
    TimeProvider clock,
    ILogger<OperationRunner> log)
{
    /// <summary>An operation whose rows somebody else changed
    /// meanwhile is run again, at most this often in all.</summary>
    public const int MaxRuns = 5;

    private const string TargetPrefix = "AWSCognitoIdentityProviderService.";

    /// <summary>Runs a call. Never throws: whatever goes wrong becomes an answer.</summary>
    public async Task<WireAnswer> Run(WireRequest wire)
    {
        var entry = Find(wire.Target);
        if (entry is null) return new WireAnswer.Failure(400, "UnknownOperationException", null);
        try
        {
            return await Run(entry, wire);
        }
        catch (ApiException refusal)
        {
            ReportUndeclared(entry.Facts, refusal);
            return new WireAnswer.Failure(refusal.Status, refusal.Code, refusal.Text);
        }
        catch (SerializationException malformed)
        {
            return new WireAnswer.Failure(400, "SerializationException", malformed.Text);
        }
        catch (OperationCanceledException) when (wire.Cancelled.IsCancellationRequested)
        {
            // Nobody is left to read the answer.
            return new WireAnswer.Failure(499, Errors.InternalErrorException, null);
        }
#pragma warning disable CA1031 // The last line of defence: an unforeseen failure
        // is logged here and answered safely.
        catch (Exception failure)
#pragma warning restore CA1031 // See above.
        {
            LogFailure(log, failure, entry.Facts.Name, wire.Id);
            return new WireAnswer.Failure(
                500, FaultOf(entry.Facts), $"An internal error occurred. Request id: {wire.Id}");
        }
    }

    /// <summary>Runs a public operation for the pages of a domain, which do what any client could: by the
    /// same constraints, limits and retries.</summary>
    /// <exception cref="ApiException">Whatever the operation refuses with.</exception>
    public async Task<TResponse> RunOnPages<TRequest, TResponse>(TRequest request, Call call)
        where TRequest : IShape
        where TResponse : IShape
    {
        var name = typeof(TRequest).Name[..^"Request".Length];
        var entry = OperationTable.Find(name)!;
        MustHold(request);
        await rates.Enter(entry.Facts, request, call.Now, call.Cancelled);
        return (TResponse)await Perform(entry, request, call);
    }

    private async Task<WireAnswer> Run(OperationEntry entry, WireRequest wire)
    {
        var facts = entry.Facts;
        var now = clock.GetUtcNow();
        var administrator = facts.Authority == Authority.Administrator
            ? await signatures.Verify(wire, now)
            : null;
        var request = entry.Read(wire.Body);
        MustHold(request);
        var region = await regions.Of(wire, administrator?.Region);
        administrator?.MustBeAllowed(facts.Name, ResourceOf(request, region?.Name));
        await rates.Enter(facts, request, now, wire.Cancelled);

        var call = new Call(wire.Id, now, wire.Source, wire.Header("User-Agent") ?? "", wire.Cancelled)
        {
            Operation = facts.Name,
            Region = region,
            Context = CallerContext.Of(request),
        };
        return new WireAnswer.Success(await Perform(entry, request, call), facts.HasOutput);
    }

    private async Task<IShape> Perform(OperationEntry entry, IShape request, Call call)
    {
        try
        {
            return await answers.Of(() => Execute(entry, request, call), entry.Facts.Errors, call);
        }
        finally
        {
            computations.Notice(call);
        }
    }

    private async Task<IShape> Execute(OperationEntry entry, IShape request, Call call)
    {
        SignedInUser? user = null;
        for (var run = 1; ; run++)
        {
            // Who has lost a race goes on alone: among themselves the losers could go on losing. A user's
            // sign-ins each have a token of their own, and are about the same user.
            using var turn = run == 1
                ? null
                : await turns.Take(user?.User.Sub ?? SubjectOf(request), call.Cancelled);
            try
            {
                user = entry.Facts.Authority == Authority.SignedInUser
                    ? await tokens.Admit(
                        ((IHasAccessToken)request).AccessToken,
                        call,
                        entry.Facts.Errors.Contains(Errors.UserNotFoundException))
                    : null;
                if (run == 1 && user is not null) rates.EnterSignedIn(entry.Facts, user, call.Now);
                var seen = await regions.Locate(entry.Facts, request, user, call);
                return await entry.Execute(services, request, seen, call);
            }
            catch (ConflictException) when (run < MaxRuns)
            {
                call.Restart();
            }
            catch (ConflictException)
            {
                throw Reject.TooManyRequests();
            }
        }
    }

    private static string SubjectOf(IShape request) => request switch
    {
        IHasUsername named => named.Username,
        IHasAccessToken signedIn => signedIn.AccessToken,
        IHasUserPoolId pool => pool.UserPoolId,
        IHasResourceArn resource => resource.ResourceArn,
        _ => "",
    };

    private static OperationEntry? Find(string target) =>
        target.StartsWith(TargetPrefix, StringComparison.Ordinal)
            ? OperationTable.Find(target[TargetPrefix.Length..])
            : null;

    private static void MustHold(IShape request)
    {
        var violations = new Violations();
        request.Check(violations, MemberPath.Root);
        if (!violations.IsEmpty) throw Reject.InvalidParameter(violations.Message);
    }

    /// <summary>Operations that name a pool, by id or ARN, are permitted on
    /// that pool, all others on everything (doc).</summary>
    private string ResourceOf(IShape request, string? region) => request switch
    {
        IHasUserPoolId { UserPoolId: { } poolId } when region is not null =>
            deployment.PoolArn(poolId, region),
        IHasUserPoolId { UserPoolId: { } poolId } => deployment.PoolArn(poolId),
        IHasResourceArn { ResourceArn: { } arn } => arn,
        _ => "*",
    };

    /// <summary>What the operation calls a failure of the server: a few have another word for it than
    /// the rest (doc).</summary>
    private static string FaultOf(OperationFacts facts) =>
        facts.Errors.Contains(Errors.InternalServerException)
            ? Errors.InternalServerException
            : Errors.InternalErrorException;

    private void ReportUndeclared(OperationFacts facts, ApiException refusal)
    {
        if (refusal.Status != 400 || facts.Errors.Contains(refusal.Code)) return;
        if (CommonErrors.Contains(refusal.Code)) return;
        LogUndeclared(log, facts.Name, refusal.Code);
    }

    /// <summary>Errors of the front, which no operation declares.</summary>
    private static readonly HashSet<string> CommonErrors =
    [
        Errors.AccessDeniedException, "ExpiredTokenException", "IncompleteSignatureException",
        "InvalidSignatureException", "MissingAuthenticationTokenException", "UnrecognizedClientException",
    ];

    [LoggerMessage(1, LogLevel.Error, "{Operation} failed, request {RequestId}")]
    private static partial void LogFailure(
        ILogger log, Exception failure, string operation, string requestId);

    [LoggerMessage(2, LogLevel.Error, "{Operation} answered with {Code}, which it does not declare")]
    private static partial void LogUndeclared(ILogger log, string operation, string code);
}
