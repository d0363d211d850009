using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Storage;

namespace Lifeguard.Operations.IdentityProviders;

/// <summary>Links an identity that has not signed in yet to a user, whose account it opens from then
/// on.</summary>
public sealed class AdminLinkProviderForUser(
    Database database, PoolStore pools, UserStore users, IdentityProviderStore providers,
    UserIdentityStore identities)
    : IAdminOperation<AdminLinkProviderForUserRequest, AdminLinkProviderForUserResponse>
{
    /// <inheritdoc />
    public async Task<AdminLinkProviderForUserResponse> Execute(
        AdminLinkProviderForUserRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var source = request.SourceUser;
        LinkRules.CheckNamed(source, nameof(request.SourceUser));
        LinkRules.CheckNamed(request.DestinationUser, nameof(request.DestinationUser));
        if (source.ProviderName == LinkRules.OwnUsers) throw FederationRefusals.OwnUserAsSource();
        var provider = await providers.Get(pool.Id, source.ProviderName!, call.Cancelled);
        var attribute = LinkRules.Attribute(provider, source, nameof(request.SourceUser));
        var user = await Destination(pool, request.DestinationUser, call) ?? throw Reject.UserNotFound();
        var value = source.ProviderAttributeValue!;
        if (await identities.Find(provider, attribute, value, call.Cancelled) is { } taken)
            throw Taken(taken, user);

        var changed = LinkRules.Link(
            user,
            pool,
            new(value, provider.Name, provider.Type, provider.ToldIssuer, IsPrimary: false, call.Now));
        var identity = new UserIdentity(
            pool.Id, provider.Id, attribute, value, user.Sub, IsPrimary: false);
        await database.Write(
            async transaction =>
            {
                // Who was faster shows when the call runs again.
                if (!await providers.Hold(transaction, provider, call.Cancelled))
                    throw new ConflictException();
                await users.Update(transaction, changed, pool, call.Cancelled);
                if (!await identities.Insert(transaction, identity, call.Cancelled))
                    throw new ConflictException();
            },
            call.Cancelled);
        return new();
    }

    /// <summary>A user of the pool by the name alone, and a federated one by the identity alone: a name that
    /// looks like that of a federated user may be anybody's.</summary>
    private async Task<User?> Destination(UserPool pool, ProviderUserIdentifierType given, Call call)
    {
        var value = given.ProviderAttributeValue!;
        if (given.ProviderName == LinkRules.OwnUsers)
            return await users.FindByUsername(pool.Id, pool.Fold(value), call.Cancelled);
        var provider = await providers.Get(pool.Id, given.ProviderName!, call.Cancelled);
        return await identities.Find(provider, LinkRules.Subject, value, call.Cancelled) is { } identity
            ? await users.FindBySub(pool.Id, identity.Sub, call.Cancelled)
            : null;
    }

    private static ApiException Taken(UserIdentity taken, User user)
    {
        if (taken.IsPrimary) return FederationRefusals.AlreadySignedUp();
        return taken.Sub == user.Sub
            ? FederationRefusals.AlreadyLinked()
            : FederationRefusals.LinkedToAnother();
    }
}
