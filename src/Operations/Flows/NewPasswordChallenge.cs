using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>NEW_PASSWORD_REQUIRED: a user with a temporary password chooses a lasting one, and fills in what
/// the pool's schema still requires.</summary>
public sealed class NewPasswordChallenge(
    OpenChallenge open, ResolveUser resolve, Passwords passwords, CompromisedPasswords compromised,
    DefineSignIn define, UserStore users)
{
    /// <summary>Before the name of an attribute in the answer.</summary>
    public const string AttributePrefix = "userAttributes.";

    public async Task<SignInStep> Answer(SignInRequest request, Call call)
    {
        var (session, user) = await open.Open(
            request, ChallengeNameType.NewPasswordRequired, call, "NEW_PASSWORD");
        if (user.Status != UserStatusType.ForceChangePassword) throw Reject.SessionSpent();

        var password = request.Required("NEW_PASSWORD");
        await compromised.MustNotBeNew(
            request.Pool, request.Client, EventFilterType.PasswordChange, password, call);
        var changed = await passwords.Change(request.Pool, user, password, isTemporary: false, call);
        changed = WithAnswered(request, changed) with { Status = UserStatusType.Confirmed };
        await resolve.PreferredNameMustBeFree(request.Pool, changed, call.Cancelled);
        try
        {
            return await define.AfterNewPassword(request, changed, session.Progress, call, Write);
        }
        catch (AliasTakenException taken)
        {
            throw Reject.AliasExists(taken.Kind, given: true);
        }

        async Task Write(Transaction transaction)
        {
            await open.Spend(transaction, session, call);
            await users.Update(transaction, changed, request.Pool, call.Cancelled);
        }
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
}
