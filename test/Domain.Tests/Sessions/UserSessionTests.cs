using Lifeguard.Domain.Sessions;
using Xunit;

namespace Lifeguard.Domain.Tests.Sessions;

public sealed class UserSessionTests
{
    [Fact]
    public void Ids_follow_from_the_sign_in_and_differ_for_each()
    {
        var ids = Enumerable.Range(0, 1000).Select(i => SessionId.OfTokens($"event {i}")).ToList();

        Assert.Equal(1000, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("\\Atkn[0-9a-z]{25}\\z", id));
        Assert.Equal(ids[7], SessionId.OfTokens("event 7"));
    }

    [Fact]
    public void Never_prints_its_address()
    {
        var session = new UserSession
        {
            PoolId = "p",
            Sub = "s",
            Id = "tkn1",
            ClientId = "c",
            Family = "f",
            Device = "d",
            Address = "192.0.2.1",
            CreatedAt = default,
            ActiveAt = default,
            ExpiresAt = default,
        };

        Assert.Equal("UserSession tkn1", session.ToString());
    }
}
