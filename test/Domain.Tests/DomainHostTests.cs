using Xunit;

namespace Lifeguard.Domain.Tests;

public sealed class DomainHostTests
{
    private static readonly Deployment Based = new(BaseDomain: "id.example");

    [Fact]
    public void A_prefix_is_a_host_below_the_base_domain()
    {
        Assert.Equal("planets.auth.eu-west-1.id.example", Based.HostOf("planets", "eu-west-1"));
        Assert.Null(new Deployment().HostOf("planets", "eu-west-1"));
    }

    [Theory]
    [InlineData("planets.auth.eu-west-1.id.example", "planets", "eu-west-1")]
    [InlineData("Planets.AUTH.eu-west-1.Id.Example", "planets", "eu-west-1")]
    public void The_host_of_a_prefix_tells_the_prefix_and_the_region(
        string host, string prefix, string region) =>
        Assert.Equal((prefix, region), Based.PrefixIn(host));

    [Theory]
    [InlineData("")]
    [InlineData("id.example")]
    [InlineData("auth.eu-west-1.id.example")]
    [InlineData(".auth.eu-west-1.id.example")]
    [InlineData("planets.login.eu-west-1.id.example")]
    [InlineData("a.planets.auth.eu-west-1.id.example")]
    [InlineData("planets.auth.eu-west-1.id.example.evil.example")]
    [InlineData("planets.auth.eu-west-1.badid.example")]
    [InlineData("planets.auth.eu-west-1.id.example.")]
    public void Other_hosts_are_of_no_prefix(string host) => Assert.Null(Based.PrefixIn(host));

    [Fact]
    public void Without_a_base_domain_no_host_is_of_a_prefix() =>
        Assert.Null(new Deployment().PrefixIn("planets.auth.eu-west-1."));
}
