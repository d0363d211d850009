using Lifeguard.Contract;
using Lifeguard.Domain.Clients;
using Xunit;

namespace Lifeguard.Domain.Tests.Clients;

public sealed class ClientSecretTests
{
    private const string Own = "my-own-secret-of-some-length";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_900);

    [Fact]
    public void A_second_secret_comes_after_the_first_with_an_id_of_its_second()
    {
        var client = Client(1).WithSecret(Own, new Sevens(), Now.AddSeconds(5));

        Assert.Equal(["c--1700000000", "c--1700000005"], client.Secrets.Select(secret => secret.Id));
        Assert.Equal(Own, client.Secrets[1].Value);
        Assert.Equal(Now.AddSeconds(5), client.Secrets[1].CreatedAt);
        Assert.Equal(Now.AddSeconds(5), client.ModifiedAt);
    }

    [Fact]
    public void Secrets_of_one_second_have_ids_of_their_own()
    {
        var client = Client(1).WithSecret(null, new Sevens(), Now);

        Assert.Equal(["c--1700000000", "c--1700000001"], client.Secrets.Select(secret => secret.Id));
        Assert.Equal(Now, client.Secrets[1].CreatedAt);
        Assert.Equal(ClientSecrets.GeneratedLength, client.Secrets[1].Value.Length);
        var replaced = client.WithoutSecret("c--1700000000", Now).WithSecret(null, new Sevens(), Now);
        Assert.Equal(["c--1700000001", "c--1700000000"], replaced.Secrets.Select(secret => secret.Id));
    }

    [Fact]
    public void There_are_at_most_two_and_none_for_the_public()
    {
        Assert.Equal(
            "LimitExceededException: Client secrets cannot exceed limit of 2 secrets.",
            Shapes.Refusal(() => Client(2).WithSecret(Own, new Sevens(), Now)));
        Assert.StartsWith(
            "InvalidParameterException: ",
            Shapes.Refusal(() => Client(0).WithSecret(Own, new Sevens(), Now)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "c--1700000000", "c--1700000001")]
    [InlineData(2, "c--1700000001", "c--1700000000")]
    public void Either_secret_of_two_can_go(int secrets, string gone, string left) => Assert.Equal(
        left, Assert.Single(Client(secrets).WithoutSecret(gone, Now).Secrets).Id);

    [Theory]
    [InlineData(1, "c--1700000000", "InvalidParameterException: Cannot delete the only client secret.")]
    [InlineData(1, "c--1700000001", "ResourceNotFoundException: Client secret does not exist")]
    [InlineData(2, "C--1700000000", "ResourceNotFoundException: Client secret does not exist")]
    [InlineData(0, "c--1700000000", "ResourceNotFoundException: Client secret does not exist")]
    public void What_is_unknown_or_the_last_stays(int secrets, string id, string refusal) =>
        Assert.Equal(refusal, Shapes.Refusal(() => Client(secrets).WithoutSecret(id, Now)));

    private static AppClient Client(int secrets)
    {
        var client = new AppClient
        {
            PoolId = "p",
            Id = "c",
            Settings = new UserPoolClientType(),
            Secrets = ClientSecrets.ForNew("c", secrets > 0, null, new Sevens(), Now),
            CreatedAt = Now,
            ModifiedAt = Now,
        };
        return secrets < 2 ? client : client.WithSecret(Own, new Sevens(), Now);
    }

    /// <summary>Every byte is 7: what is drawn does not matter here.</summary>
    private sealed class Sevens : RandomSource
    {
        public override void Fill(Span<byte> destination) => destination.Fill(7);

        public override System.Security.Cryptography.RSA RsaKey() => throw new NotSupportedException();
    }
}
