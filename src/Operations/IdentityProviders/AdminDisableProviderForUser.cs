using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Storage;

namespace Lifeguard.Operations.IdentityProviders;

/// <summary>Takes an identity away from the user whose account it opens, or the password from a user of the
/// pool. What was made by it is good no more, see <see cref="Flows.WaysIn"/>.</summary>
public sealed class AdminDisableProviderForUser(
    Database database, PoolStore pools, UserStore users, IdentityProviderStore providers,
    UserIdentityStore identities)
    : IAdminOperation<AdminDisableProviderForUserRequest, AdminDisableProviderForUserResponse>
{
    /// <inheritdoc />
    public async Task<AdminDisableProviderForUserResponse> Execute(
        AdminDisableProviderForUserRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        LinkRules.CheckNamed(request.User, nameof(request.User));
        if (request.User.ProviderName == LinkRules.OwnUsers) await Disable(pool, request.User, call);
        else await Unlink(pool, request.User, call);
        return new();
    }

    private async Task Disable(UserPool pool, ProviderUserIdentifierType given, Call call)
    {
        if (given.ProviderAttributeName != LinkRules.Subject)
            throw FederationRefusals.IdentityAttribute("User", LinkRules.Subject);
        var name = pool.Fold(given.ProviderAttributeValue!);
        var user = await users.FindByUsername(pool.Id, name, call.Cancelled) ?? throw Reject.UserNotFound();
        // Nothing is left to take away.
        if (user.IsExternal && user.Password is null) return;
        await database.Write(
            transaction => users.Update(
                transaction, LinkRules.Disable(user, call.Now), pool, call.Cancelled),
            call.Cancelled);
    }

    private async Task Unlink(UserPool pool, ProviderUserIdentifierType given, Call call)
    {
        var provider = await providers.Get(pool.Id, given.ProviderName!, call.Cancelled);
        var attribute = LinkRules.Attribute(provider, given, "User");
        var value = given.ProviderAttributeValue!;
        var identity = await identities.Find(provider, attribute, value, call.Cancelled)
            ?? throw Reject.UserNotFound();
        var user = await users.FindBySub(pool.Id, identity.Sub, call.Cancelled)
            ?? throw Reject.UserNotFound();
        var changed = LinkRules.Unlink(user, provider.Name, value, call.Now);
        try
        {
            await database.Write(
                async transaction =>
                {
                    await users.Update(transaction, changed, pool, call.Cancelled);
                    if (!await identities.Delete(transaction, identity, call.Cancelled))
                        throw new ConflictException();
                },
                call.Cancelled);
        }
        catch (AliasTakenException taken)
        {
            // A user who is not federated any more is found by aliases, as the pool's own are.
            throw Reject.AliasExists(taken.Kind, given: false);
        }
    }
}
