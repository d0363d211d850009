using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>The two forms of a pool's issuer, as IssuerConfiguration chooses.</summary>
public sealed class IssuerTests
{
    [Theory]
    [InlineData(null, "https://cognito-idp.us-east-1.amazonaws.com/")]
    [InlineData("ORIGINAL", "https://cognito-idp.us-east-1.amazonaws.com/")]
    [InlineData("UPDATED", "https://issuer-cognito-idp.us-east-1.amazonaws.com/")]
    public async Task Stands_in_every_token(string? type, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var issuer = type is null ? null : new { Type = type };
        var app = new TestApp(world, await TestPool.Create(world, new { IssuerConfiguration = issuer }));
        await app.Pool.ConfirmedUser("ana");

        var tokens = await app.SignedIn("ana");

        Assert.Equal(expected + app.Pool.Id, tokens.IdClaims["iss"]!.GetValue<string>());
        Assert.Equal(expected + app.Pool.Id, tokens.AccessClaims["iss"]!.GetValue<string>());
    }

    [Fact]
    public async Task Changes_for_new_tokens_while_those_before_stay_good()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var before = await app.SignedIn("ana");

        await Choose("UPDATED");
        var after = await app.SignedIn("ana");
        await MustBeGood(before);
        await MustBeGood(after);
        await Choose("ORIGINAL");
        await MustBeGood(before);
        await MustBeGood(after);

        Assert.NotEqual(
            before.AccessClaims["iss"]!.GetValue<string>(), after.AccessClaims["iss"]!.GetValue<string>());

        Task<Answer> Choose(string type) => world.Must(
            "UpdateUserPool",
            new { UserPoolId = app.Pool.Id, IssuerConfiguration = new { Type = type } });

        Task<Answer> MustBeGood(TestTokens tokens) =>
            world.Must("GetUser", new { AccessToken = tokens.Access });
    }
}
