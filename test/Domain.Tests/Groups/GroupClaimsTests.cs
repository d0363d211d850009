using Lifeguard.Domain.Groups;
using Xunit;

namespace Lifeguard.Domain.Tests.Groups;

public sealed class GroupClaimsTests
{
    // name/precedence/role of each group -> names, roles, preferred role.
    [Theory]
    [InlineData("", "", "", null)]
    [InlineData("a//", "a", "", null)]
    [InlineData("a/0/", "a", "", null)]
    [InlineData("a//R", "a", "R", "R")]
    [InlineData("a/7/R", "a", "R", "R")]
    [InlineData("a/7/R b/3/S", "b a", "S R", "S")]
    [InlineData("a/3/R b/7/S", "a b", "R S", "R")]
    [InlineData("a/1/R b/0/S", "b a", "S R", "S")]
    [InlineData("a//R b/2147483647/S", "b a", "S R", "S")]
    [InlineData("b/5/ a/5/ c/1/", "c a b", "", null)]
    [InlineData("a/5/R b/5/S", "a b", "R S", null)]
    [InlineData("a/5/R b/5/R", "a b", "R", "R")]
    [InlineData("a//R b//S", "a b", "R S", null)]
    [InlineData("a//R b//R", "a b", "R", "R")]
    [InlineData("a//R b//", "a b", "R", "R")]
    [InlineData("a/0/ b/5/R", "a b", "R", "R")]
    [InlineData("a/0/ b/5/R c/6/S", "a b c", "R S", "R")]
    [InlineData("a/0/ b/5/R c/5/S", "a b c", "R S", null)]
    [InlineData("a/5/R b/5/S c/9/T", "a b c", "R S T", null)]
    [InlineData("a/1/R b/2/S c/3/R", "a b c", "R S", "R")]
    [InlineData("Zed// é// alice//", "Zed alice é", "", null)]
    public void Follow_the_precedence_of_the_groups(
        string groups, string names, string roles, string? preferred)
    {
        foreach (var given in (IEnumerable<Group>[])[Parse(groups), Parse(groups).Reverse()])
        {
            var claims = GroupClaims.Of(given);

            Assert.Equal(names, string.Join(' ', claims.Names));
            Assert.Equal(roles, string.Join(' ', claims.Roles));
            Assert.Equal(preferred, claims.PreferredRole);
        }
    }

    private static Group[] Parse(string groups) =>
    [
        .. groups.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(group => group.Split('/'))
            .Select(parts => new Group
            {
                PoolId = "p",
                Id = parts[0],
                Name = parts[0],
                Precedence = parts[1].Length > 0 ? int.Parse(parts[1]) : null,
                RoleArn = parts[2].Length > 0 ? parts[2] : null,
                CreatedAt = DateTimeOffset.UnixEpoch,
                ModifiedAt = DateTimeOffset.UnixEpoch,
            }),
    ];
}
