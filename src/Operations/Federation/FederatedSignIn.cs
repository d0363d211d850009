using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.OAuth;
using Lifeguard.Domain.SignIns;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.OAuth;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Federation;

/// <summary>
/// From what a provider says of somebody to the user who is signed in. What the provider has proved takes the
/// place of password and second factor (doc); everything else that stands between a user and tokens holds
/// here, too.
/// </summary>
public sealed class FederatedSignIn(
    FederatedUsers users, FederationTriggers federation, PoolTriggers triggers, SignInTriggers signIns,
    UserAfterTrigger after, AuthEvents events, OAuthRunner runner, RandomSource random)
{
    /// <summary>The user, and the sign-in from which apps get their tokens.</summary>
    /// <exception cref="FederationException">The pool cannot have such a user, or will not let the user
    /// in.</exception>
    public async Task<FederatedUser> Complete(FederatedArrival arrival, Call call)
    {
        var subject = $"{arrival.Provider.Id}/{arrival.Profile.Subject}";
        try
        {
            return await runner.Run(subject, () => SignIn(arrival, call), call);
        }
        catch (ApiException refusal) when (refusal.Status == 400)
        {
            throw ProviderErrors.Of(refusal);
        }
        catch (OAuthException refusal)
        {
            throw new FederationException(refusal.Error, refusal.Description);
        }
    }

    private async Task<FederatedUser> SignIn(FederatedArrival arrival, Call call)
    {
        var identity = await users.FindBySubject(arrival, call);
        var known = identity is null ? null : await users.Owner(identity, call);
        var claims = await Claims(arrival, known?.Username ?? arrival.Username, call);
        if (known is not null && FederationTriggers.HasInbound(arrival.Pool))
            known = await after.LetInFederated(known, call);
        var mapped = new MappedAttributes(arrival.Pool, arrival.Client, arrival.Provider, claims);
        UserIdentity? linked = null;
        if (known is null && (linked = await users.FindByAttribute(arrival, claims, call)) is not null)
            known = await users.Owner(linked, call);
        var user = known is null
            ? await Welcome(arrival, mapped, call)
            : await Return(arrival, known, linked, mapped, call);
        var made = new BrowserSignIn(
            user.PoolId, user.Sub, EventId(arrival, user, linked, call), call.Now, [AuthMethods.Federated],
            arrival.Provider.Name);
        await events.OfFederated(arrival.Pool, arrival.Client, user, made, call);
        return new(user, made);
    }

    /// <summary>The id of a sign-in, in which the identity is marked that opened the account: once it opens
    /// it no more, what came of the sign-in is good no more.</summary>
    private string EventId(FederatedArrival arrival, User user, UserIdentity? linked, Call call)
    {
        // A replica leaves an identity that was linked by an attribute as it is.
        var mark = call.Replica is not null && linked is not null
            ? UserIdentityStore.MarkOf(linked.ProviderId, linked.Attribute, linked.Value)
            : UserIdentityStore.MarkOf(arrival.Provider.Id, LinkRules.Subject, arrival.Profile.Subject);
        return random.FederatedId(SignInUser.Of(user).Begins(call.Now), mark);
    }

    /// <summary>What is mapped: as the provider says it, or as the pool's function leaves it.</summary>
    private async Task<IReadOnlyDictionary<string, string>> Claims(
        FederatedArrival arrival, string username, Call call)
    {
        var (provider, profile) = (arrival.Provider, arrival.Profile);
        var answer = new ProviderAnswer(provider.Name, provider.Type, username, profile.Parts);
        return await federation.InboundFederation(arrival.Pool, arrival.Client, answer, call)
            ?? profile.Claims;
    }

    /// <summary>Who comes for the first time. Functions are asked as for somebody who registers (doc), and
    /// not as for one who signs in.</summary>
    private async Task<User> Welcome(FederatedArrival arrival, MappedAttributes mapped, Call call)
    {
        if (call.Replica is not null) throw ProviderErrors.NotInReplica();
        arrival.MustBeNameable();
        var attributes = mapped.OfNew();
        var (pool, client) = (arrival.Pool, arrival.Client);
        var answer = await federation.PreSignUp(
            pool, client, new(arrival.Username, attributes, null, null), call);
        // The function may have linked the identity, and the service then gives up: the next sign-in opens
        // the account (observed). Another sign-in of the same person is no reason to.
        if (await users.FindBySubject(arrival, call) is { } meanwhile)
            throw meanwhile.IsPrimary ? new ConflictException() : ProviderErrors.Exists(arrival.Username);
        var user = users.New(arrival, Verified(attributes, answer), call);
        await users.Create(arrival, user, call);
        await triggers.PostConfirmation(pool, client, "PostConfirmation_ConfirmSignUp", user, null, call);
        return PoolTriggers.HasPostConfirmation(pool) ? await after.LetInFederated(user, call) : user;
    }

    private async Task<User> Return(
        FederatedArrival arrival, User user, UserIdentity? linked, MappedAttributes mapped, Call call)
    {
        SignInGate.AtFederation(user);
        var (pool, client) = (arrival.Pool, arrival.Client);
        await signIns.PreAuthentication(pool, client, user, user.Username, null, call);
        if (SignInTriggers.HasPreAuthentication(pool)) user = await after.LetInFederated(user, call);
        // A replica shows its pool as it is.
        if (call.Replica is null) user = await Update(arrival, user, linked, mapped, call);
        await signIns.PostAuthentication(pool, client, user, isNewDevice: false, null, call);
        return SignInTriggers.HasPostAuthentication(pool) ? await after.LetInFederated(user, call) : user;
    }

    private Task<User> Update(
        FederatedArrival arrival, User user, UserIdentity? linked, MappedAttributes mapped, Call call)
    {
        var changed = mapped.Onto(user, call.Now);
        if (linked is not null)
        {
            changed = LinkRules.Identified(
                changed, arrival.Provider.Name, linked.Value, arrival.Profile.Subject, call.Now);
        }

        return users.Update(arrival, user, changed, linked, call);
    }

    /// <summary>The function's word is good for an address that is there.</summary>
    private static UserAttributes Verified(UserAttributes attributes, PreSignUpAnswer answer)
    {
        if (answer.VerifyEmail && attributes.Has(AttributeNames.Email))
            attributes = attributes.With(AttributeNames.EmailVerified, true);
        return answer.VerifyPhone && attributes.Has(AttributeNames.PhoneNumber)
            ? attributes.With(AttributeNames.PhoneNumberVerified, true)
            : attributes;
    }
}
