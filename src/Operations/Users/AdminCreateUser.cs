using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Users;

/// <summary>
/// Creates a user with a temporary password and sends the invitation;
/// with RESEND, renews both for a user who has not signed in yet.
/// </summary>
public sealed class AdminCreateUser(
    Database database, PoolStore pools, ResolveUser resolve, UserStore users, Passwords passwords,
    PoolTriggers triggers, InviteUser invitations, RandomSource random)
    : IAdminOperation<AdminCreateUserRequest, AdminCreateUserResponse>
{
    public async Task<AdminCreateUserResponse> Execute(AdminCreateUserRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = request.MessageAction == MessageActionType.Resend
            ? await Renew(pool, request, call)
            : await Create(pool, request, call);
        return new() { User = UserView.Of(user) };
    }

    private async Task<User> Create(UserPool pool, AdminCreateUserRequest request, Call call)
    {
        var user = NewUser(pool, request, call);
        var mediums = Mediums(request, user);
        if (await resolve.TakenName(pool, request.Username, user, call.Cancelled) is { } taken)
            throw NameTaken(taken);
        await resolve.PreferredNameMustBeFree(pool, user, call.Cancelled);
        var password = Given(request) ?? Generated(pool);
        if (password is not null) pool.PasswordPolicy.Check(password);
        else if (!pool.ReachesWithCode(user.Attributes)) throw Reject.NoWayToSignIn();

        // The flags of the answer have no meaning here (doc); a refusal stops the creation.
        await triggers.PreSignUp(
            pool,
            null,
            "PreSignUp_AdminCreateUser",
            new(
                user.Username,
                user.Attributes,
                UserView.ReadMap(request.ValidationData),
                request.ClientMetadata),
            call);
        if (password is not null)
        {
            var credential = await passwords.Create(pool, user.Username, password, isTemporary: true, call);
            user = user with { Password = credential, Status = UserStatusType.ForceChangePassword };
        }

        var invitation = await invitations.Compose(pool, user, password, mediums, request, call);
        await Write(pool, user, invitation, request.ForceAliasCreation ?? false, call);
        return user;
    }

    private async Task<User> Renew(UserPool pool, AdminCreateUserRequest request, Call call)
    {
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        if (user.Status != UserStatusType.ForceChangePassword)
        {
            throw new ApiException(
                Errors.UnsupportedUserStateException,
                $"Resend not possible. {request.Username} status is not FORCE_CHANGE_PASSWORD");
        }

        var password = Given(request) ?? pool.PasswordPolicy.Generate(random);
        pool.PasswordPolicy.Check(password);
        var credential = await passwords.Create(pool, user.Username, password, isTemporary: true, call);
        var renewed = user with { Password = credential, ModifiedAt = call.Now };
        var invitation = await invitations.Compose(
            pool, renewed, password, Mediums(request, user), request, call);
        await database.Write(
            async transaction =>
            {
                await users.Update(transaction, renewed, pool, call.Cancelled);
                await invitations.Write(transaction, invitation, call);
            },
            call.Cancelled);
        return renewed;
    }

    private User NewUser(UserPool pool, AdminCreateUserRequest request, Call call)
    {
        var sub = random.Id();
        var name = NewUserName.From(pool, request.Username, sub);
        var given = name.Complete(pool, UserView.Read(request.UserAttributes), request.Username);
        return new()
        {
            PoolId = pool.Id,
            Sub = sub,
            Username = name.Username,
            Status = UserStatusType.Confirmed,
            // Required attributes are asked for at the first sign-in, not here (doc).
            Attributes = AttributeSchema.Of(pool).Admit(given),
            CreatedAt = call.Now,
            ModifiedAt = call.Now,
        };
    }

    /// <summary>A blank password stands for none (doc).</summary>
    private static string? Given(AdminCreateUserRequest request) =>
        request.TemporaryPassword is { Length: > 0 } password ? password : null;

    private string? Generated(UserPool pool) =>
        pool.IsPasswordless ? null : pool.PasswordPolicy.Generate(random);

    /// <summary>Where the invitation goes. A medium that was asked for must be possible; the default one,
    /// SMS, is silently left out for a user without a phone number (observed).</summary>
    private static List<CodeDestination> Mediums(AdminCreateUserRequest request, User user)
    {
        if (request.MessageAction == MessageActionType.Suppress) return [];
        var wanted = request.DesiredDeliveryMediums is { Count: > 0 } given ? given : null;
        var destinations = new List<CodeDestination>();
        foreach (var medium in (wanted ?? [DeliveryMediumType.Sms]).Distinct())
        {
            var isSms = medium == DeliveryMediumType.Sms;
            var attribute = isSms ? AttributeNames.PhoneNumber : AttributeNames.Email;
            if (user.Attributes[attribute] is { } value) destinations.Add(new(attribute, value));
            else if (wanted is not null)
            {
                throw Reject.InvalidParameter(isSms
                    ? "No phone number provided but desired delivery medium was SMS"
                    : "No email provided but desired delivery medium was Email");
            }
        }

        return destinations;
    }

    private async Task Write(
        UserPool pool, User user, IReadOnlyList<OutgoingMessage> invitation, bool forceAlias, Call call)
    {
        try
        {
            await database.Write(
                async transaction =>
                {
                    if (forceAlias) await users.TakeOverAliases(transaction, pool, user, call);
                    await users.Insert(transaction, user, pool, call.Cancelled);
                    await invitations.Write(transaction, invitation, call);
                },
                call.Cancelled);
        }
        catch (UsernameTakenException)
        {
            throw NameTaken("username");
        }
        catch (AliasTakenException taken)
        {
            throw pool.SignsInWithAttributes
                ? NameTaken(taken.Kind)
                : Reject.AliasExists(taken.Kind, given: false);
        }
    }

    private static ApiException NameTaken(string kind) => new(
        Errors.UsernameExistsException,
        kind is AttributeNames.Email or AttributeNames.PhoneNumber
            ? $"An account with the given {kind} already exists."
            : "User account already exists");
}
