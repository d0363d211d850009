using System.Globalization;
using Lifeguard.Contract;

namespace Lifeguard.Domain.Clients;

/// <summary>Secrets of app clients.</summary>
public static class ClientSecrets
{
    /// <summary>Secrets of one client that authenticate at the same time (doc).</summary>
    public const int MaxSecrets = 2;

    /// <summary>Characters of a generated secret (observed).</summary>
    public const int GeneratedLength = 51;

    /// <summary>The secrets of a new client: one, or none for a public client.</summary>
    /// <param name="generate">The service is asked to make one up.</param>
    /// <param name="own">The caller's own; cannot be together with <paramref name="generate"/> (doc).</param>
    /// <exception cref="ApiException">InvalidParameterException: both are wanted.</exception>
    public static IReadOnlyList<ClientSecret> ForNew(
        string clientId, bool generate, string? own, RandomSource random, DateTimeOffset now)
    {
        if (generate && own is not null) throw ClientRefusals.TwoSecrets();
        if (own is null && !generate) return [];
        return [New(clientId, [], own ?? Generated(random), now)];
    }

    /// <summary>The client with one more secret, which comes last.</summary>
    /// <param name="own">The caller's own; null where the service makes one up.</param>
    /// <exception cref="ApiException">InvalidParameterException: the client is public, or has registered
    /// itself (doc).
    /// LimitExceededException: it has all the secrets it may have.</exception>
    public static AppClient WithSecret(
        this AppClient client, string? own, RandomSource random, DateTimeOffset now)
    {
        if (client.Is(ClientTypeType.Dcr)) throw ClientRefusals.RegisteredClient();
        if (!client.IsConfidential) throw ClientRefusals.PublicClient();
        if (client.Secrets.Count >= MaxSecrets) throw ClientRefusals.TooManySecrets();
        var added = New(client.Id, client.Secrets, own ?? Generated(random), now);
        return client with { Secrets = [.. client.Secrets, added], ModifiedAt = now };
    }

    /// <summary>The client without one of its secrets.</summary>
    /// <exception cref="ApiException">ResourceNotFoundException: it has no such secret.
    /// InvalidParameterException: it has no other.</exception>
    public static AppClient WithoutSecret(this AppClient client, string secretId, DateTimeOffset now)
    {
        if (client.Is(ClientTypeType.Dcr)) throw ClientRefusals.RegisteredClient();
        if (client.Secrets.All(secret => secret.Id != secretId)) throw ClientRefusals.NoSuchSecret();
        // A client never becomes public that way: its callers would be let in without any secret.
        if (client.Secrets.Count == 1) throw ClientRefusals.OnlySecret();
        return client with
        {
            Secrets = [.. client.Secrets.Where(secret => secret.Id != secretId)],
            ModifiedAt = now,
        };
    }

    /// <summary>A secret under the id that the service would give it (doc): client and second of creation.
    /// Where another one has it, the next free second.</summary>
    private static ClientSecret New(
        string clientId, IReadOnlyList<ClientSecret> others, string value, DateTimeOffset now)
    {
        for (var second = now.ToUnixTimeSeconds(); ; second++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{clientId}--{second}");
            if (others.All(other => other.Id != id)) return new(id, value, now);
        }
    }

    private static string Generated(RandomSource random) => random.LowerAlphanumeric(GeneratedLength);
}
