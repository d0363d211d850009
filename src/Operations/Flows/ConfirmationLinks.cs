using Lifeguard.Domain;
using Lifeguard.Operations.Domains;

namespace Lifeguard.Operations.Flows;

/// <summary>The address of this server, under which the links of mails lead.</summary>
public sealed record LinkAddress(string Origin);

/// <summary>The links that hold a code: following one does what typing it would do. They lead to the pool's
/// domain (doc), or to this server where it has none.</summary>
public sealed class ConfirmationLinks(LinkAddress address, DomainAddress domains)
{
    /// <summary>The path below the domain (doc).</summary>
    public const string Path = "confirmUser";

    /// <summary>Null where the message can hold none: it goes by SMS, is about something else than an
    /// address, or was caused without an app client, which the link has to name.</summary>
    public Uri? For(MessageRequest request, string code)
    {
        var canLink = request.Destination.Medium == DeliveryMedium.Email && request.Source.CanLink;
        if (!canLink || request.Client is not { } client) return null;
        var origin = domains.Of(request.Pool) ?? address.Origin;
        return new(
            $"{origin}/{Path}/?client_id={Uri.EscapeDataString(client.Id)}"
            + $"&user_name={Uri.EscapeDataString(request.User.Username)}"
            + $"&confirmation_code={Uri.EscapeDataString(code)}");
    }
}
