using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>Names that belong to others in another way.</summary>
public sealed class BorrowedNameTests
{
    [Theory, EachDatabase]
    public async Task Who_registers_another_users_sub_as_a_name_does_not_stand_in_for_them(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, new { AliasAttributes = new[] { "email" } });
        var ana = await pool.ConfirmedUser("ana", "ana@example.com");

        var answer = await world.SignUp(pool, ana.Sub);

        Assert.Equal("UsernameExistsException: User already exists", answer.ToString());
        var found = await world.Admin(pool, "AdminGetUser", ana.Sub);
        Assert.Equal("ana", found["Username"]!.GetValue<string>());
        await world.Admin(pool, "AdminDisableUser", ana.Sub);
        Assert.Equal("NotAuthorizedException: User is disabled.", (await pool.SignIn("ana")).ToString());
    }
}
