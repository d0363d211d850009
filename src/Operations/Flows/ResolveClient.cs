using Lifeguard.Domain;
using Lifeguard.Protocol;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Finds the app client of a public call and checks that the caller knows its secret.</summary>
public sealed class ResolveClient(ClientStore clients, PoolStore pools)
{
    /// <summary>The client and its pool, the secret hash checked over <paramref name="username"/>.</summary>
    /// <exception cref="ApiException">ResourceNotFoundException, NotAuthorizedException.</exception>
    public async Task<(UserPool Pool, AppClient Client)> Admit(
        string clientId, string? secretHash, string username, CancellationToken cancellation)
    {
        var (pool, client) = await Get(clientId, cancellation);
        MustKnowSecret(client, secretHash, username);
        return (pool, client);
    }

    /// <summary>The client and its pool, the secret not yet checked.</summary>
    /// <exception cref="ApiException">ResourceNotFoundException.</exception>
    public async Task<(UserPool Pool, AppClient Client)> Get(string clientId, CancellationToken cancellation)
    {
        var client = await clients.Find(clientId, cancellation) ?? throw Reject.ClientNotFound(clientId);
        // The pool may have been deleted a moment ago; its clients go with it.
        var pool = await pools.Find(client.PoolId, cancellation) ?? throw Reject.ClientNotFound(clientId);
        return (pool, client);
    }

    /// <summary>Refuses a missing, wrong or needless secret hash.</summary>
    /// <param name="usernames">Any of these may stand in the hash.</param>
    /// <exception cref="ApiException">NotAuthorizedException.</exception>
    public static void MustKnowSecret(
        AppClient client, string? secretHash, params ReadOnlySpan<string> usernames)
    {
        if (string.IsNullOrEmpty(secretHash))
        {
            if (!client.IsConfidential) return;
            throw Reject.NotAuthorized(
                $"Client {client.Id} is configured with secret but SECRET_HASH was not received");
        }

        if (!client.IsConfidential)
        {
            throw Reject.NotAuthorized(
                $"Client {client.Id} is not configured for secret but secret hash was received");
        }

        if (!KnowsSecret(client, secretHash, usernames))
            throw Reject.NotAuthorized($"Unable to verify secret hash for client {client.Id}");
    }

    /// <summary>Is the hash made with a secret of the client, any of them, over one of
    /// <paramref name="usernames"/>? The time does not tell which.</summary>
    public static bool KnowsSecret(AppClient client, string secretHash, params ReadOnlySpan<string> usernames)
    {
        var knows = false;
        foreach (var secret in client.Secrets)
        {
            foreach (var username in usernames)
                knows |= SecretHash.Verify(secretHash, secret.Value, username, client.Id);
        }

        return knows;
    }
}
