using System.Text.Json.Nodes;
using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.Clients;

/// <summary>Settings of an app client that tests of several operations use.</summary>
internal static class ClientSettings
{
    public const string Unused = "1234567890abcdefghijklmnop";

    public const string NoClient = $"ResourceNotFoundException: User pool client {Unused} does not exist.";

    /// <summary>A value for nearly every member, none of them the default.</summary>
    public static readonly JsonObject Everything = JsonNode.Parse(
        """
        {
          "ClientName": "everything",
          "GenerateSecret": true,
          "RefreshTokenValidity": 10,
          "AccessTokenValidity": 20,
          "IdTokenValidity": 1800,
          "TokenValidityUnits": { "AccessToken": "minutes", "IdToken": "seconds", "RefreshToken": "hours" },
          "ReadAttributes": ["email", "name"],
          "WriteAttributes": ["name"],
          "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
          "SupportedIdentityProviders": ["COGNITO"],
          "CallbackURLs": ["https://example.com/in"],
          "LogoutURLs": ["https://example.com/out"],
          "DefaultRedirectURI": "https://example.com/in",
          "AllowedOAuthFlows": ["code"],
          "AllowedOAuthScopes": ["openid", "email"],
          "AllowedOAuthFlowsUserPoolClient": true,
          "PreventUserExistenceErrors": "ENABLED",
          "EnableTokenRevocation": false,
          "EnablePropagateAdditionalUserContextData": true,
          "AuthSessionValidity": 7,
          "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": 20 }
        }
        """)!.AsObject();

    public static async Task<JsonNode> Describe(World world, string poolId, string clientId) =>
        (await world.Must("DescribeUserPoolClient", new { UserPoolId = poolId, ClientId = clientId }))
        ["UserPoolClient"]!;
}
