using System.Collections.Frozen;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Limits;
using Lifeguard.Operations.Limits;
using Lifeguard.Storage;

namespace Lifeguard.Operations;

/// <summary>
/// Requests per second, as the service counts them (doc): all of a category together; in some categories each
/// operation on each pool; and per user what reads and what writes it. Kept in memory, in a size that does
/// not grow: a limit is each node's own.
/// </summary>
public sealed class RateLimits(RateRules rules, ProvisionedLimitStore provisioned)
{
    /// <summary>Answers to challenges have so many times the rate of sign-ins for themselves (doc).</summary>
    private const int AnswersPerSignIn = 3;

    private readonly FrozenDictionary<string, Rate> rates = RateCategory.All.ToFrozenDictionary(
        category => category.Name, category => new Rate(category), StringComparer.Ordinal);

    private readonly Rate answers = new(RateCategory.Find(RateCategory.UserAuthentication)!);
    private readonly KeyedRates? narrow = rules.HasNarrowLimits ? new KeyedRates() : null;

    /// <summary>Counts a request, before it is known whom it is about.</summary>
    /// <exception cref="ApiException">TooManyRequestsException.</exception>
    public ValueTask Enter(
        OperationFacts facts, IShape request, DateTimeOffset now, CancellationToken cancellation)
    {
        if (rules.IsOff) return default;
        var rate = rates[LimitSubject.CategoryOf(facts, request)];
        // The narrow limits come first: what they turn away takes nothing from everybody's.
        EnterPool(rate.Category, facts, request, now);
        if (LimitSubject.OfUser(request) is (var place, var name))
            EnterUser(rate.Category, place, name, now);
        if (facts.Name == RateCategory.TagResource) EnterCategory(rates[RateCategory.TagResource], now);
        return EnterCategory(rate, LimitSubject.AnswersChallenge(facts), now, cancellation);
    }

    /// <summary>Counts a request that is no operation, such as one for a token.</summary>
    /// <exception cref="ApiException">TooManyRequestsException.</exception>
    public ValueTask Enter(string category, DateTimeOffset now, CancellationToken cancellation) =>
        EnterCategory(rates[category], isAnswer: false, now, cancellation);

    /// <summary>Counts a request of the holder of a token, once that has been admitted.</summary>
    /// <exception cref="ApiException">TooManyRequestsException.</exception>
    public void EnterSignedIn(OperationFacts facts, SignedInUser user, DateTimeOffset now) =>
        EnterSignedIn(facts.RateCategory, user, now);

    /// <summary>The same for what is no operation.</summary>
    /// <exception cref="ApiException">TooManyRequestsException.</exception>
    public void EnterSignedIn(string category, SignedInUser user, DateTimeOffset now)
    {
        if (rules.IsOff) return;
        EnterUser(rates[category].Category, user.Pool.Id, user.User.Sub, now);
    }

    /// <summary>The rate of a category without provisioning.</summary>
    public int FreeRateOf(RateCategory category) =>
        rules.PerSecond.TryGetValue(category.Name, out var set) ? set : category.PerSecond;

    /// <summary>The rate of a category as it is provisioned.</summary>
    public async Task<int> ProvisionedRateOf(RateCategory category, CancellationToken cancellation)
    {
        var free = FreeRateOf(category);
        if (!category.IsAdjustable) return free;
        // What was provisioned before the settings were raised above it grants nothing less than they do.
        var all = await provisioned.All(cancellation);
        return Math.Max(free, all.GetValueOrDefault(category.Name));
    }

    private ValueTask EnterCategory(
        Rate rate, bool isAnswer, DateTimeOffset now, CancellationToken cancellation)
    {
        if (rate.Category.IsAdjustable && rules.PerSecond.ContainsKey(rate.Category.Name))
            return EnterAdjustable(rate, isAnswer, now, cancellation);
        EnterCategory(rate, now);
        return default;
    }

    private void EnterCategory(Rate rate, DateTimeOffset now)
    {
        if (rules.PerSecond.TryGetValue(rate.Category.Name, out var limit) && !rate.TryTake(limit, now))
            throw Reject.TooManyRequests();
    }

    private async ValueTask EnterAdjustable(
        Rate rate, bool isAnswer, DateTimeOffset now, CancellationToken cancellation)
    {
        var limit = await ProvisionedRateOf(rate.Category, cancellation);
        var isOfSignIn = isAnswer && rate.Category.Name == RateCategory.UserAuthentication;
        if (isOfSignIn && answers.TryTake(limit * AnswersPerSignIn, now)) return;
        // What is too much among answers counts as a sign-in (doc).
        if (!rate.TryTake(limit, now)) throw Reject.TooManyRequests();
    }

    private void EnterPool(RateCategory category, OperationFacts facts, IShape request, DateTimeOffset now)
    {
        if (!category.IsPerPool || rules.PerPool == 0 || LimitSubject.PoolOf(request) is not { } pool) return;
        if (!narrow!.TryTake((pool, facts.Name), rules.PerPool, now)) throw Reject.TooManyRequests();
    }

    private void EnterUser(RateCategory category, string place, string name, DateTimeOffset now)
    {
        var limit = category.Access switch
        {
            UserAccess.Read => rules.ReadsPerUser,
            UserAccess.Write => rules.WritesPerUser,
            _ => 0,
        };
        if (limit == 0) return;
        if (!narrow!.TryTake((place, name, category.Access), limit, now)) throw Reject.TooManyRequests();
    }

    /// <summary>One category's use.</summary>
    private sealed class Rate(RateCategory category)
    {
        private long usedUntil;

        public RateCategory Category => category;

        public bool TryTake(int perSecond, DateTimeOffset now) =>
            TokenBucket.TryTake(ref usedUntil, perSecond, now.UtcTicks);
    }
}

/// <summary>The limits that are set.</summary>
/// <param name="PerSecond">By category; one that is missing is not limited.</param>
/// <param name="ReadsPerUser">A second; 0 for no limit.</param>
/// <param name="WritesPerUser">A second; 0 for no limit.</param>
/// <param name="PerPool">Calls of one operation on one pool in a second; 0 for no limit.</param>
/// <param name="HighestProvisioned">What UpdateProvisionedLimit grants a category at most.</param>
public sealed record RateRules(
    IReadOnlyDictionary<string, int> PerSecond,
    int ReadsPerUser = 0,
    int WritesPerUser = 0,
    int PerPool = 0,
    int HighestProvisioned = 10_000)
{
    /// <summary>No limits at all.</summary>
    public static RateRules Off { get; } = new(new Dictionary<string, int>());

    public bool HasNarrowLimits => ReadsPerUser > 0 || WritesPerUser > 0 || PerPool > 0;

    public bool IsOff => PerSecond.Count == 0 && !HasNarrowLimits;
}
