using System.Buffers.Text;
using Lifeguard.Contract;
using Lifeguard.Domain.Passkeys;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Passkeys;

/// <summary>A signed-in user gives up a passkey. Nobody signs in with it any more.</summary>
public sealed class DeleteWebAuthnCredential(Database database, PasskeyStore passkeys)
    : IUserOperation<DeleteWebAuthnCredentialRequest, DeleteWebAuthnCredentialResponse>
{
    private const int MaxLength = 1364;

    public async Task<DeleteWebAuthnCredentialResponse> Execute(
        DeleteWebAuthnCredentialRequest request, SignedInUser user, Call call)
    {
        // What cannot be an id is not looked up: not every database takes every character.
        var id = request.CredentialId;
        if (id.Length > MaxLength || !Base64Url.IsValid(id))
            throw PasskeyRefusals.NotFound();
        await database.Write(
            async transaction =>
            {
                var isGone = await passkeys.Delete(
                    transaction, user.Pool.Id, user.User.Sub, id, call.Cancelled);
                if (!isGone) throw PasskeyRefusals.NotFound();
            },
            call.Cancelled);
        return new();
    }
}
