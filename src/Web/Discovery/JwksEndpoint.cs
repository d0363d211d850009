using System.Security.Cryptography;
using Lifeguard.Operations.Flows;
using Lifeguard.Protocol.Jose;
using Lifeguard.Storage;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Discovery;

/// <summary>The public keys of a pool (RFC 7517 §5): also those that are about to sign, and those whose last
/// tokens may still be good.</summary>
public sealed class JwksEndpoint(PoolStore pools, TokenKeys keys, TimeProvider clock)
{
    public async Task Handle(HttpContext context)
    {
        if (await PublicDocument.PoolOf(context, pools) is not { } pool) return;
        var all = await keys.Published(pool.Id, clock.GetUtcNow(), context.RequestAborted);
        // Converted first: a key lends its RSA object, and the writer must not be held in such a loan.
        var numbers = all.Select(key => (key.KeyId, Public: key.With(PublicHalf))).ToArray();
        await PublicDocument.Send(context, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("keys");
            foreach (var (keyId, key) in numbers) Jwk.Write(writer, key, keyId);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static RSAParameters PublicHalf(RSA key) => key.ExportParameters(includePrivateParameters: false);
}
