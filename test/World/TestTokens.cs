using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Worlds;

/// <summary>The tokens of a sign-in or refresh, readable.</summary>
/// <param name="Refresh">Null after a refresh.</param>
public sealed record TestTokens(string Id, string Access, string? Refresh)
{
    public JsonObject IdClaims => Part(Id, 1);

    public JsonObject AccessClaims => Part(Access, 1);

    /// <summary>The tokens of an answer that must hold some.</summary>
    public static TestTokens Of(Answer answer) => answer["AuthenticationResult"] is { } result
        ? new(
            result["IdToken"]!.GetValue<string>(),
            result["AccessToken"]!.GetValue<string>(),
            result["RefreshToken"]?.GetValue<string>())
        : throw new InvalidOperationException($"No tokens: {TestApp.Outcome(answer)}");

    /// <summary>The first (header) or second (claims) part of a token.</summary>
    public static JsonObject Part(string token, int index) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[index]))!.AsObject();

    /// <summary>Does the key of the pool that the header names verify the signature?</summary>
    public static async Task<bool> IsSigned(World world, string poolId, string token)
    {
        var kid = Part(token, 0)["kid"]!.GetValue<string>();
        var keys = await world.Get<TokenKeys>()
            .Published(poolId, world.Clock.GetUtcNow(), CancellationToken.None);
        var end = token.LastIndexOf('.');
        return keys.Single(key => key.KeyId == kid).With(rsa => rsa.VerifyData(
            Encoding.ASCII.GetBytes(token[..end]),
            Base64Url.DecodeFromChars(token.AsSpan(end + 1)),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1));
    }
}
