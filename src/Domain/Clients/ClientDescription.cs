using Lifeguard.Contract;

namespace Lifeguard.Domain.Clients;

/// <summary>An app client as answers show it.</summary>
public static class ClientDescription
{
    /// <summary>The settings with ids, dates and the first secret, in clear (doc).</summary>
    public static UserPoolClientType Describe(this AppClient client) => client.Settings with
    {
        UserPoolId = client.PoolId,
        ClientId = client.Id,
        ClientSecret = client.Secrets.Count > 0 ? client.Secrets[0].Value : null,
        CreationDate = client.CreatedAt,
        LastModifiedDate = client.ModifiedAt,
    };

    /// <summary>The client as one entry of a list.</summary>
    public static UserPoolClientDescription Summarize(this AppClient client) => new()
    {
        ClientId = client.Id,
        UserPoolId = client.PoolId,
        ClientName = client.Settings.ClientName,
    };

    /// <summary>The secret without its value.</summary>
    public static ClientSecretDescriptorType Describe(this ClientSecret secret) => new()
    {
        ClientSecretId = secret.Id,
        ClientSecretCreateDate = secret.CreatedAt,
    };

    /// <summary>Was the client made in the way that <paramref name="type"/> (<c>REGULAR</c>, <c>DCR</c>)
    /// names?</summary>
    public static bool Is(this AppClient client, string type) =>
        (client.Settings.ClientType ?? ClientTypeType.Regular) == type;
}
