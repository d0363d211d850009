using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Words and writes the invitation of a user whom an administrator has created.</summary>
public sealed class InviteUser(ComposeMessage messages, MessageDelivery delivery)
{
    /// <summary>What invitations tell: the newest temporary password is the only one.</summary>
    private const string Topic = "Invitation";

    /// <summary>One message per destination, unfit where the wording is.</summary>
    /// <param name="password">Null for a user without one, whose invitation says nothing of it (doc).</param>
    /// <exception cref="ApiException">One of the three trigger errors.</exception>
    public async Task<IReadOnlyList<OutgoingMessage>> Compose(
        UserPool pool,
        User user,
        string? password,
        IReadOnlyList<CodeDestination> destinations,
        AdminCreateUserRequest request,
        Call call)
    {
        var invitations = new List<OutgoingMessage>();
        var expiry = user.Password?.SetAt.AddDays(pool.PasswordPolicy.TemporaryPasswordValidityDays);
        foreach (var destination in destinations)
        {
            var message = new MessageRequest(
                pool, null, user, MessageSource.AdminCreateUser, destination, request.ClientMetadata)
            {
                CalledBy = request.Username,
            };
            var invitation = await messages.Compose(message, password, call);
            invitations.Add(invitation with { ExpiresAt = expiry, Topic = Topic });
        }

        return invitations;
    }

    public async Task Write(Transaction transaction, IReadOnlyList<OutgoingMessage> invitations, Call call)
    {
        foreach (var invitation in invitations) await delivery.Commit(transaction, invitation, call);
    }
}
