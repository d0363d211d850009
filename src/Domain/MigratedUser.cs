using Lifeguard.Contract;

namespace Lifeguard.Domain;

/// <summary>A user of elsewhere, as the pool's function describes one who comes over.</summary>
public sealed record MigratedUser
{
    private const string NameMember = "username";

    /// <summary>With <c>username</c> among them where the user is to be called otherwise than was
    /// typed.</summary>
    public required UserAttributes Attributes { get; init; }

    /// <summary>The password that was typed goes on being good; else it has to be reset (doc).</summary>
    public bool IsConfirmed { get; init; }

    public bool IsWelcomed { get; init; }

    /// <summary>Where a welcome goes; SMS where the function names nothing (doc).</summary>
    public IReadOnlyList<string> Mediums { get; init; } = [DeliveryMediumType.Sms];

    /// <summary>Addresses of the user that are aliases of others go over to this one.</summary>
    public bool TakesAliases { get; init; }

    public bool EnablesSms { get; init; }

    /// <summary>The user whom this makes in the pool, without a password yet.</summary>
    /// <param name="typed">The name that somebody typed whom the pool does not know.</param>
    /// <exception cref="ApiException">InvalidParameterException: the pool cannot have such a
    /// user.</exception>
    public User In(UserPool pool, string typed, string sub, DateTimeOffset now)
    {
        var given = NameIn(pool, typed);
        if (!Rules.UsernameType.Accepts(given)) throw Reject.InvalidParameter("The user name is not valid.");
        var name = NewUserName.From(pool, given, sub);
        var schema = AttributeSchema.Of(pool);
        // What the schema requires and the old directory does not know keeps nobody out (doc).
        var attributes = schema.Admit(name.Complete(pool, Attributes.Without(NameMember), given));
        return new()
        {
            PoolId = pool.Id,
            Sub = sub,
            Username = name.Username,
            Status = IsConfirmed ? UserStatusType.Confirmed : UserStatusType.ResetRequired,
            Attributes = attributes,
            Mfa = MfaIn(pool, attributes),
            CreatedAt = now,
            ModifiedAt = now,
        };
    }

    /// <summary>The addresses that a welcome goes to, as far as the user has them.</summary>
    public static IEnumerable<CodeDestination> Destinations(User user, IEnumerable<string> mediums) => mediums
        .Distinct()
        .Select(medium =>
            medium == DeliveryMediumType.Sms ? AttributeNames.PhoneNumber : AttributeNames.Email)
        .Where(user.Attributes.Has)
        .Select(attribute => new CodeDestination(attribute, user.Attributes[attribute]!));

    /// <summary>Where names are chosen, a user may get another one than was typed only if what was typed will
    /// find the user as well, as an alias (doc). Where names are generated, the function has no
    /// say.</summary>
    private string NameIn(UserPool pool, string typed)
    {
        if (pool.SignsInWithAttributes || Attributes[NameMember] is not { } name) return typed;
        if (pool.Fold(name) == pool.Fold(typed) || IsAlias(pool, typed)) return name;
        throw Reject.InvalidParameter("The user name differs from what was typed, which is no alias.");
    }

    private bool IsAlias(UserPool pool, string typed) =>
        (pool.Settings.AliasAttributes ?? []).Any(kind =>
            Attributes[kind] is { } value
            && pool.FoldAlias(kind, value) == pool.FoldAlias(kind, typed)
            && (kind == AttributeNames.PreferredUsername
                || Attributes.IsTrue(AttributeNames.VerifiedFlag(kind))));

    private MfaPreference MfaIn(UserPool pool, UserAttributes attributes)
    {
        const string Sms = ChallengeNameType.SmsMfa;
        if (!EnablesSms) return MfaPreference.None;
        if (pool.IsMfaOff || !pool.SecondFactors.Contains(Sms)
            || !attributes.Has(AttributeNames.PhoneNumber))
        {
            throw Reject.InvalidParameter("SMS MFA needs a phone number, and a pool that has it.");
        }

        return MfaPreference.None.With(Sms) with { Preferred = Sms };
    }

    /// <summary>Never prints its members: they hold personal data.</summary>
    public override string ToString() => nameof(MigratedUser);
}
