using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>The address of this server, under which the links of mails lead.</summary>
public sealed record LinkAddress(string Origin);

/// <summary>The links that hold a code: following one does what typing it would do.</summary>
public sealed class ConfirmationLinks(LinkAddress address)
{
    /// <summary>The path, as the service has it under a pool's domain (doc).</summary>
    public const string Path = "confirmUser";

    /// <summary>Null where the message can hold none: it goes by SMS, is about something else than an
    /// address, or was caused without an app client, which the link has to name.</summary>
    public Uri? For(MessageRequest request, string code)
    {
        var canLink = request.Destination.Medium == DeliveryMedium.Email && request.Source.CanLink;
        if (!canLink || request.Client is not { } client) return null;
        return new(
            $"{address.Origin}/{Path}/?client_id={Uri.EscapeDataString(client.Id)}"
            + $"&user_name={Uri.EscapeDataString(request.User.Username)}"
            + $"&confirmation_code={Uri.EscapeDataString(code)}");
    }
}
