using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Triggers;

namespace Lifeguard.Operations.Registration;

/// <summary>A person who has registered types the code. The user is confirmed, and the address or number the
/// code went to is verified.</summary>
public sealed class ConfirmSignUp(
    ResolveClient clients, ConfirmRegistration registration, PoolTriggers triggers, SignUpSessions sessions,
    AuthEvents events)
    : IPublicOperation<ConfirmSignUpRequest, ConfirmSignUpResponse>
{
    public Task<ConfirmSignUpResponse> Execute(ConfirmSignUpRequest request, Call call) => events.OfUser(
        EventType.SignUp,
        EventResponseType.Pass,
        request.ClientId,
        request.Username,
        call,
        () => Confirm(request, call));

    private async Task<ConfirmSignUpResponse> Confirm(ConfirmSignUpRequest request, Call call)
    {
        var (pool, client) = await clients.Admit(
            request.ClientId, request.SecretHash, request.Username, call.Cancelled);
        call.HidesExistence = client.HidesUserExistence;
        var owner = sessions.OwnerOf(request.Session, client);
        var confirmed = await registration.Confirm(
            pool,
            client,
            request.Username,
            request.ConfirmationCode,
            request.ForceAliasCreation ?? false,
            call,
            owner);
        await triggers.PostConfirmation(
            pool, client, "PostConfirmation_ConfirmSignUp", confirmed, request.ClientMetadata, call);
        return new() { Session = sessions.Next(request.Session, client, confirmed, call.Now) };
    }
}
