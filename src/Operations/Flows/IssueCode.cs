using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Makes a one-time code and the message that carries it, ready to be written together.</summary>
public sealed class IssueCode(
    ConfirmationCodes codes,
    Sealer sealer,
    ComposeMessage messages,
    CodeStore store,
    MessageDelivery delivery,
    MessageQuotas quotas)
{
    private const string Purpose = "code";

    /// <summary>A new code of <paramref name="kind"/>, worded
    /// for <paramref name="request"/>'s destination.</summary>
    /// <exception cref="ApiException">One of the three trigger errors.</exception>
    public async Task<IssuedCode> Issue(MessageRequest request, CodeKind kind, Call call)
    {
        var digits = codes.Next();
        var code = new ConfirmationCode(
            request.Pool.Id,
            request.User.Sub,
            kind,
            sealer.KeyedHash(Purpose, Owner(request.Pool.Id, request.User.Sub, kind), digits),
            request.Destination.Attribute,
            request.Destination.Value,
            call.Now,
            call.Now + LifetimeOf(kind));
        var message = await messages.Compose(request, digits, call);
        return new(
            code,
            message with { ExpiresAt = code.ExpiresAt, Topic = $"{kind}" },
            request.Destination);
    }

    /// <summary>Writes the code, which replaces the one before it, and its message.</summary>
    public async Task Write(Transaction transaction, IssuedCode issued, Call call)
    {
        await store.Replace(transaction, issued.Code, call.Cancelled);
        await delivery.Commit(transaction, issued.Message, call);
    }

    /// <summary>As <see cref="Write"/>, for operations that declare LimitExceededException: where a quota of
    /// messages has no room the code would reach nobody, and the one that the user holds goes on working. A
    /// call that must not tell who exists is answered as for a name that nobody has, and its message is given
    /// up on its way.</summary>
    /// <exception cref="ApiException">LimitExceededException; the transaction is rolled back.</exception>
    public async Task WriteWithinQuota(Transaction transaction, IssuedCode issued, Call call)
    {
        if (call.HidesExistence || !quotas.Bounds(issued.Message))
        {
            await Write(transaction, issued, call);
            return;
        }

        // Rows of the outbox before those of the quotas, as on the way: in another order two could wait for
        // each other.
        var message = issued.Message with { IsCounted = true };
        await Write(transaction, issued with { Message = message }, call);
        await quotas.Count(transaction, message, call);
    }

    /// <summary>Is <paramref name="digits"/> the code? In constant time.</summary>
    public bool Matches(ConfirmationCode code, string digits) =>
        sealer.MatchesKeyedHash(Purpose, Owner(code.PoolId, code.Sub, code.Kind), digits, code.Hash);

    /// <summary>One hour for a password reset, 24 hours for the rest (doc).</summary>
    public static TimeSpan LifetimeOf(CodeKind kind) =>
        kind == CodeKind.Reset ? TimeSpan.FromHours(1) : TimeSpan.FromHours(24);

    private static string Owner(string poolId, string sub, CodeKind kind) => $"{poolId}/{sub}/{kind}";
}

/// <summary>A code with its message.</summary>
public sealed record IssuedCode(ConfirmationCode Code, OutgoingMessage Message, CodeDestination Destination);
