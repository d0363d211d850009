using Lifeguard.Protocol.Tests.Srp;
using Xunit;

namespace Lifeguard.Protocol.Tests;

public sealed class SecretHashTests
{
    [Fact]
    public void The_known_hashes_are_reached()
    {
        var vectors = SrpVectors.List("secret_hash").ToList();
        Assert.Equal(5, vectors.Count);
        foreach (var vector in vectors)
        {
            var (username, clientId) = (vector.Text("username"), vector.Text("client_id"));
            var (secret, expected) = (vector.Text("client_secret"), vector.Text("secret_hash"));
            Assert.Equal(expected, SecretHash.Compute(secret, username, clientId));
            Assert.True(SecretHash.Verify(expected, secret, username, clientId));
        }
    }

    [Fact]
    public void Anything_else_is_refused()
    {
        var hash = SecretHash.Compute("secret", "ana", "client");
        string?[] refused =
        [
            null, "", hash + "=", hash[..^1], hash.ToLowerInvariant(), " " + hash[1..], new string('é', 44),
            SecretHash.Compute("other", "ana", "client"),
            SecretHash.Compute("secret", "Ana", "client"),
            SecretHash.Compute("secret", "ana", "client2"),
        ];
        Assert.True(SecretHash.Verify(hash, "secret", "ana", "client"));
        Assert.All(refused, text => Assert.False(SecretHash.Verify(text, "secret", "ana", "client")));
        Assert.All(
            Tampering.OfEachCharacter(hash),
            text => Assert.False(SecretHash.Verify(text, "secret", "ana", "client")));
    }
}
