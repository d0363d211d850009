using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Registration;

/// <summary>
/// A person registers. The user waits, unconfirmed, for the code that goes to the address or number the pool
/// verifies, unless the PreSignUp trigger confirms at once.
/// </summary>
public sealed class SignUp(
    Database database, ResolveClient clients, ResolveUser resolve, UserStore users, Passwords passwords,
    CompromisedPasswords compromised, PoolTriggers triggers, IssueCode codes, SignUpSessions sessions,
    RandomSource random, AuthEvents events)
    : IPublicOperation<SignUpRequest, SignUpResponse>
{
    public Task<SignUpResponse> Execute(SignUpRequest request, Call call) =>
        events.OfNewUser(request, call, () => Register(request, call));

    private async Task<SignUpResponse> Register(SignUpRequest request, Call call)
    {
        var (pool, client) = await clients.Admit(
            request.ClientId, request.SecretHash, request.Username, call.Cancelled);
        if (!pool.AllowsSelfSignUp) throw Reject.NotAuthorized("SignUp is not permitted for this user pool");

        var user = NewUser(pool, client, request, call);
        if (await resolve.TakenName(pool, request.Username, user, call.Cancelled) is { } taken)
            throw NameTaken(taken);
        if (Given(request) is { } password)
            await compromised.MustNotBeNew(pool, client, EventFilterType.SignUp, password, call);
        var decision = await AskTrigger(pool, client, user, request, call);
        user = await Finish(pool, user, Given(request), decision, call);

        var destination = user.Status == UserStatusType.Unconfirmed
            ? CodeDestination.ForVerification(pool, user)
            : null;
        if (destination is null) await Write(pool, user, code: null, call);
        else await WriteWithCode(pool, client, user, destination, request, call);
        if (decision.ConfirmUser)
        {
            await triggers.PostConfirmation(
                pool, client, "PostConfirmation_ConfirmSignUp", user, request.ClientMetadata, call);
        }

        return new()
        {
            UserConfirmed = decision.ConfirmUser,
            UserSub = user.Sub,
            CodeDeliveryDetails = destination?.Details,
            Session = decision.ConfirmUser ? null : sessions.Begin(client, user, call.Now),
        };
    }

    private User NewUser(UserPool pool, AppClient client, SignUpRequest request, Call call)
    {
        var sub = random.Id();
        var name = NewUserName.From(pool, request.Username, sub);
        if (Given(request) is { } password) pool.PasswordPolicy.Check(password, atSignUp: true);
        // The text is in own words.
        else if (!pool.IsPasswordless) throw Reject.InvalidParameter("Password is required.");

        var schema = AttributeSchema.Of(pool);
        var submitted = UserView.Read(request.UserAttributes);
        schema.MustBeWritable(client, submitted.Select(pair => pair.Key));
        if (pool.HasAlias(AttributeNames.PreferredUsername)
            && submitted.Has(AttributeNames.PreferredUsername))
        {
            throw Reject.InvalidParameter(
                "Preferred username cannot be provided for unconfirmed account, "
                + "since user pool is configured for preferred username alias.");
        }

        var attributes = schema.Admit(name.Complete(pool, submitted, request.Username));
        schema.MustBeComplete(attributes);
        return new()
        {
            PoolId = pool.Id,
            Sub = sub,
            Username = name.Username,
            Status = UserStatusType.Unconfirmed,
            Attributes = attributes,
            CreatedAt = call.Now,
            ModifiedAt = call.Now,
        };
    }

    /// <summary>A blank password stands for none (doc).</summary>
    private static string? Given(SignUpRequest request) =>
        request.Password is { Length: > 0 } password ? password : null;

    private Task<PreSignUpAnswer> AskTrigger(
        UserPool pool, AppClient client, User user, SignUpRequest request, Call call) =>
        triggers.PreSignUp(
            pool,
            client,
            "PreSignUp_SignUp",
            new(
                user.Username,
                user.Attributes,
                UserView.ReadMap(request.ValidationData),
                request.ClientMetadata),
            call);

    /// <summary>The user with the password and what the trigger decided.</summary>
    private async Task<User> Finish(
        UserPool pool, User user, string? password, PreSignUpAnswer decision, Call call)
    {
        if (decision.VerifyEmail)
        {
            user = Verified(
                user, AttributeNames.Email, "Email is required to verify/un-verify an email");
        }

        if (decision.VerifyPhone)
        {
            user = Verified(
                user,
                AttributeNames.PhoneNumber,
                "Phone Number is required to verify/un-verify a phone number");
        }

        if (password is not null)
        {
            var credential = await passwords.Create(pool, user.Username, password, isTemporary: false, call);
            user = user with { Password = credential };
        }

        return decision.ConfirmUser ? user.Confirm(call.Now) : user;
    }

    private static User Verified(User user, string contact, string refusal) => user.Attributes.Has(contact)
        ? user with { Attributes = user.Attributes.With(AttributeNames.VerifiedFlag(contact), true) }
        : throw Reject.InvalidParameter(refusal);

    /// <summary>A function that words the message finds the user there already. Its failure does not undo the
    /// registration: the user is unconfirmed and can ask for another code (doc).</summary>
    private async Task WriteWithCode(
        UserPool pool, AppClient client, User user, CodeDestination destination, SignUpRequest request,
        Call call)
    {
        var message = new MessageRequest(
            pool, client, user, MessageSource.SignUp, destination, request.ClientMetadata);
        if (!PoolTriggers.WordsMessages(pool))
        {
            await Write(pool, user, await codes.Issue(message, CodeKind.SignUp, call), call);
            return;
        }

        await Write(pool, user, code: null, call);
        var code = await codes.Issue(message, CodeKind.SignUp, call);
        await database.Write(
            async transaction =>
            {
                // The function may have taken seconds; no code must go to a user of the past.
                if (await users.Hold(transaction, pool.Id, user.Sub, call.Cancelled))
                    await codes.Write(transaction, code, call);
            },
            call.Cancelled);
    }

    private async Task Write(UserPool pool, User user, IssuedCode? code, Call call)
    {
        try
        {
            await database.Write(
                async transaction =>
                {
                    // Only a trigger can have verified anything here; its word moves an alias silently (doc).
                    await users.TakeOverAliases(transaction, pool, user, call);
                    await users.Insert(transaction, user, pool, call.Cancelled);
                    if (code is not null) await codes.Write(transaction, code, call);
                },
                call.Cancelled);
        }
        catch (UsernameTakenException)
        {
            throw NameTaken("username");
        }
        catch (AliasTakenException taken)
        {
            throw NameTaken(taken.Kind);
        }
    }

    /// <summary>Told to everybody, also by clients that hide
    /// existence: a registration cannot pretend (doc).</summary>
    private static ApiException NameTaken(string kind) => new(
        Errors.UsernameExistsException,
        kind is AttributeNames.Email or AttributeNames.PhoneNumber
            ? $"An account with the given {kind} already exists."
            : "User already exists");
}
