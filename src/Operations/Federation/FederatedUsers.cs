using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.Groups;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Federation;

/// <summary>The accounts that identities open: found, brought into being, and brought up to date.</summary>
public sealed class FederatedUsers(
    UserStore users, UserIdentityStore identities, IdentityProviderStore providers, GroupStore groups,
    PoolStore pools, CodeStore codes, RandomSource random, Database database)
{
    private static readonly string[] Contacts = [AttributeNames.Email, AttributeNames.PhoneNumber];

    /// <summary>The identity that tells of the subject; null for none.</summary>
    public Task<UserIdentity?> FindBySubject(FederatedArrival arrival, Call call) => identities.Find(
        arrival.Provider, LinkRules.Subject, arrival.Profile.Subject, call.Cancelled);

    /// <summary>The identity that an administrator has linked by an attribute, whose subject shows with the
    /// first sign-in; null for none.</summary>
    /// <param name="claims">As they are mapped.</param>
    public async Task<UserIdentity?> FindByAttribute(
        FederatedArrival arrival, IReadOnlyDictionary<string, string> claims, Call call)
    {
        if (arrival.Provider.IsSocial) return null;
        foreach (var (name, claim) in MappedAttributes.Mapping(arrival.Provider))
        {
            if (claims.GetValueOrDefault(claim) is not { } value || !LinkRules.IsValue(value)) continue;
            if (await identities.Find(arrival.Provider, name, value, call.Cancelled) is { } identity)
                return identity;
        }

        return null;
    }

    /// <summary>The user of an identity.</summary>
    /// <exception cref="ConflictException">The user was deleted a moment ago.</exception>
    public async Task<User> Owner(UserIdentity identity, Call call) =>
        await users.FindBySub(identity.PoolId, identity.Sub, call.Cancelled) ?? throw new ConflictException();

    /// <summary>A user who does not exist yet.</summary>
    public User New(FederatedArrival arrival, UserAttributes attributes, Call call)
    {
        var (provider, profile) = (arrival.Provider, arrival.Profile);
        var identity = new LinkedIdentity(
            profile.Subject, provider.Name, provider.Type, provider.ToldIssuer, IsPrimary: true, call.Now);
        return new()
        {
            PoolId = arrival.Pool.Id,
            Sub = random.Id(),
            Username = arrival.Username,
            Status = UserStatusType.ExternalProvider,
            Attributes = attributes.With(AttributeNames.Identities, LinkedIdentity.Text([identity])),
            CreatedAt = call.Now,
            ModifiedAt = call.Now,
        };
    }

    /// <summary>Stores a new user, in the group of all who come from the provider (doc).</summary>
    /// <exception cref="ConflictException">Somebody else was faster with the identity or the
    /// group.</exception>
    /// <exception cref="FederationException">Somebody else has the name, or the provider is gone.</exception>
    public async Task Create(FederatedArrival arrival, User user, Call call)
    {
        var group = await GroupOf(arrival, call);
        var identity = new UserIdentity(
            user.PoolId, arrival.Provider.Id, LinkRules.Subject, arrival.Profile.Subject, user.Sub,
            IsPrimary: true);
        try
        {
            await database.Write(
                async transaction =>
                {
                    await Hold(transaction, arrival, call);
                    if (!await identities.Insert(transaction, identity, call.Cancelled))
                        throw new ConflictException();
                    await users.Insert(transaction, user, arrival.Pool, call.Cancelled);
                    await Store(transaction, group.Group, group.IsNew, call);
                    await groups.AddMember(transaction, group.Group, user.Sub, call.Cancelled);
                },
                call.Cancelled);
        }
        catch (UsernameTakenException)
        {
            throw ProviderErrors.Exists(user.Username);
        }
    }

    /// <summary>Stores what a sign-in changes of a user, and of an identity that was linked by an
    /// attribute.</summary>
    /// <returns>The user as stored.</returns>
    /// <exception cref="ConflictException">Somebody else has changed them.</exception>
    /// <exception cref="FederationException">Another user has one of the aliases, or the provider is
    /// gone.</exception>
    public async Task<User> Update(
        FederatedArrival arrival, User before, User after, UserIdentity? linked, Call call)
    {
        if (ReferenceEquals(before, after) && linked is null) return after;
        try
        {
            return await database.Write(
                async transaction =>
                {
                    await Hold(transaction, arrival, call);
                    var stored = await users.Update(transaction, after, arrival.Pool, call.Cancelled);
                    foreach (var contact in Contacts.Where(
                        name => before.Attributes[name] != after.Attributes[name]))
                        await codes.DeleteOutdated(transaction, stored, contact, call.Cancelled);
                    if (linked is not null) await Identify(transaction, linked, arrival, call);
                    return stored;
                },
                call.Cancelled);
        }
        catch (AliasTakenException taken)
        {
            throw ProviderErrors.Of(Reject.AliasExists(taken.Kind, given: true));
        }
    }

    /// <summary>The provider stays until the end of the transaction: what was deleted opens
    /// nothing.</summary>
    private async Task Hold(Transaction transaction, FederatedArrival arrival, Call call)
    {
        if (!await providers.Hold(transaction, arrival.Provider, call.Cancelled))
            throw ProviderErrors.NotAvailable();
    }

    /// <summary>From now on the subject names the person, whatever becomes of the attribute.</summary>
    private async Task Identify(
        Transaction transaction, UserIdentity linked, FederatedArrival arrival, Call call)
    {
        var bySubject = linked with { Attribute = LinkRules.Subject, Value = arrival.Profile.Subject };
        var isMoved = await identities.Delete(transaction, linked, call.Cancelled)
            && await identities.Insert(transaction, bySubject, call.Cancelled);
        if (!isMoved) throw new ConflictException();
    }

    private async Task<(Group Group, bool IsNew)> GroupOf(FederatedArrival arrival, Call call)
    {
        var (poolId, provider) = (arrival.Pool.Id, arrival.Provider.Name);
        var name = $"{poolId}_{provider}";
        if (await groups.Find(poolId, name, call.Cancelled) is { } there) return (there, false);
        var group = new Group
        {
            PoolId = poolId,
            Id = random.Id(),
            Name = name,
            Description = $"Autogenerated group for users who sign in using {provider}",
            CreatedAt = call.Now,
            ModifiedAt = call.Now,
        };
        return (group, true);
    }

    /// <summary>There is one for each provider, and providers are counted.</summary>
    private async Task Store(Transaction transaction, Group group, bool isNew, Call call)
    {
        if (!isNew) return;
        if (!await pools.Hold(transaction, group.PoolId, call.Cancelled)) throw ProviderErrors.NotAvailable();
        if (!await groups.Insert(transaction, group, call.Cancelled)) throw new ConflictException();
    }
}
