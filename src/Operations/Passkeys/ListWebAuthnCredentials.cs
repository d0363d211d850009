using System.Globalization;
using Lifeguard.Contract;
using Lifeguard.Domain.Passkeys;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Passkeys;

/// <summary>Lists a signed-in user's passkeys, the oldest first.</summary>
public sealed class ListWebAuthnCredentials(PasskeyStore passkeys, PageToken tokens)
    : IUserOperation<ListWebAuthnCredentialsRequest, ListWebAuthnCredentialsResponse>
{
    public async Task<ListWebAuthnCredentialsResponse> Execute(
        ListWebAuthnCredentialsRequest request, SignedInUser user, Call call)
    {
        var scope = $"{user.Pool.Id}\0{user.User.Sub}";
        var after = request.NextToken is { } token
            ? tokens.Open(nameof(ListWebAuthnCredentials), scope, token, call.Now)
            : "";
        // Zero stands for the default (doc).
        var size = request.MaxResults is { } given and > 0 ? given : PasskeyRules.MaxPerUser;
        var all = await passkeys.OfUser(user.Pool.Id, user.User.Sub, call.Cancelled);
        var rest = all.Where(passkey => string.CompareOrdinal(Position(passkey), after) > 0).ToList();
        return new()
        {
            Credentials = [.. rest.Take(size).Select(Describe)],
            NextToken = rest.Count > size
                ? tokens.Seal(nameof(ListWebAuthnCredentials), scope, Position(rest[size - 1]), call.Now)
                : null,
        };
    }

    /// <summary>Texts in the order of the listing.</summary>
    private static string Position(Passkey passkey) =>
        passkey.CreatedAt.ToUnixTimeMilliseconds().ToString("d20", CultureInfo.InvariantCulture)
        + passkey.CredentialId;

    private static WebAuthnCredentialDescription Describe(Passkey passkey) => new()
    {
        CredentialId = passkey.CredentialId,
        FriendlyCredentialName = passkey.Name,
        RelyingPartyId = passkey.RelyingPartyId,
        AuthenticatorAttachment = passkey.Attachment,
        AuthenticatorTransports = passkey.Transports,
        CreatedAt = passkey.CreatedAt,
    };
}
