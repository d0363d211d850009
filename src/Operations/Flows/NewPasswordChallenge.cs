using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>NEW_PASSWORD_REQUIRED: a user with a temporary password chooses a lasting one, and fills in what
/// the pool's schema still requires.</summary>
public sealed class NewPasswordChallenge(
    ChallengeSessions sessions, ResolveUser resolve, Passwords passwords, CompleteSignIn complete,
    UserStore users, SpentStore spent, Database database)
{
    /// <summary>Before the name of an attribute in the answer.</summary>
    public const string AttributePrefix = "userAttributes.";

    public async Task<SignInStep> Answer(SignInRequest request, Call call)
    {
        var name = request.Required("USERNAME");
        var password = request.Required("NEW_PASSWORD");
        ResolveClient.MustKnowSecret(request.Client, request.Optional("SECRET_HASH"), name);
        var session = sessions.Open(
            request.Session ?? throw Reject.InvalidParameter("Missing required parameter Session"),
            request.Client,
            ChallengeNameType.NewPasswordRequired,
            call.Now);
        var pool = request.Pool;
        var user = await resolve.Find(pool, name, call.Cancelled);
        // A password set since then voids what was begun with the one before it.
        if (user is null || user.Sub != session.Sub || user.Password?.SetAt != session.PasswordSetAt)
            throw Reject.SessionInvalid();
        SignInGate.AfterPassword(pool, user, call.Now);
        if (user.Status != UserStatusType.ForceChangePassword) throw Reject.SessionSpent();
        CompleteSignIn.MustNotNeedSecondFactor(pool, user);

        var changed = await passwords.Change(pool, user, password, isTemporary: false, call);
        changed = WithAnswered(request, changed) with { Status = UserStatusType.Confirmed };
        await resolve.PreferredNameMustBeFree(pool, changed, call.Cancelled);
        await Write(pool, changed, session, call);
        return await complete.AfterFirstFactor(request, changed, call);
    }

    /// <summary>The user with the attributes of the answer.
    /// Only what is missing may be given (observed).</summary>
    private static User WithAnswered(SignInRequest request, User user)
    {
        var schema = AttributeSchema.Of(request.Pool);
        var given = UserAttributes.From((request.Parameters ?? new Dictionary<string, string>())
            .Where(pair => pair.Key.StartsWith(AttributePrefix, StringComparison.Ordinal))
            .Select(pair => KeyValuePair.Create(pair.Key[AttributePrefix.Length..], pair.Value)));
        foreach (var (name, _) in given)
        {
            if (name is AttributeNames.EmailVerified or AttributeNames.PhoneNumberVerified)
                throw Reject.NotAuthorized($"Cannot modify the non-mutable attribute {name}");
            if (user.Attributes.Has(name))
                throw Reject.NotAuthorized($"Cannot modify an already provided {name}");
        }

        schema.MustBeWritable(request.Client, given.Select(pair => pair.Key));
        var attributes = schema.Admit(given)
            .Aggregate(user.Attributes, (all, pair) => all.With(pair.Key, pair.Value));
        if (schema.Missing(attributes) is [var missing, ..])
            throw Reject.InvalidParameter($"Invalid attributes given, {missing} is missing");
        return user with { Attributes = attributes };
    }

    private async Task Write(UserPool pool, User user, ChallengeSession session, Call call)
    {
        try
        {
            await database.Write(
                async transaction =>
                {
                    var isFirst = await spent.TrySpend(
                        transaction, pool.Id, session.Id, session.ExpiresAt, call.Cancelled);
                    if (!isFirst) throw Reject.SessionSpent();
                    await users.Update(transaction, user, pool, call.Cancelled);
                },
                call.Cancelled);
        }
        catch (AliasTakenException taken)
        {
            throw Reject.AliasExists(taken.Kind, given: true);
        }
    }
}
