using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Limits;

public sealed class GetProvisionedLimitTests
{
    private const string Operation = "GetProvisionedLimit";

    [Theory, EachDatabase]
    public async Task Shows_the_rate_in_force_and_the_one_that_is_free(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);

        await world.Call(
            Operation, new { LimitDefinition = LimitSettings.Definition("UserAuthentication") });
        await world.Provision("UserAuthentication", 300);
        await world.Call(
            Operation, new { LimitDefinition = LimitSettings.Definition("UserAuthentication") });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Shows_categories_that_cannot_be_raised_too()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal((25, 25), await Values(world, "UserUpdate"));
        Assert.Equal((1, 1), await Values(world, "LimitManagement"));
    }

    [Fact]
    public async Task What_the_settings_say_is_free()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, rates: LimitSettings.Rates(("UserRead", 500)));
        await world.Provision("UserRead", 700);
        Assert.Equal((700, 500), await Values(world, "UserRead"));

        await using var standard = await World.Start(DatabaseKind.Memory);
        Assert.Equal((120, 120), await Values(standard, "UserRead"));
    }

    [Theory]
    [InlineData("""{"LimitClass":"API_CATEGORY","Attributes":{"Category":"UserLogin"}}""",
        "ResourceNotFoundException: There is no limit of that definition.")]
    [InlineData("""{"LimitClass":"API_CATEGORY","Attributes":{"Category":"TagResource"}}""",
        "ResourceNotFoundException: There is no limit of that definition.")]
    [InlineData("""{"LimitClass":"API_CATEGORY","Attributes":{"Category":"userauthentication"}}""",
        "ResourceNotFoundException: There is no limit of that definition.")]
    [InlineData("""{"LimitClass":"API_CATEGORY","Attributes":{}}""",
        "InvalidParameterException: Attributes of a limit of class API_CATEGORY must hold Category alone.")]
    [InlineData("""{"LimitClass":"API_CATEGORY","Attributes":{"Category":"UserRead","Pool":"a"}}""",
        "InvalidParameterException: Attributes of a limit of class API_CATEGORY must hold Category alone.")]
    [InlineData("""{"LimitClass":"API_CATEGORY","Attributes":{"Kategorie":"UserRead"}}""",
        "InvalidParameterException: Attributes of a limit of class API_CATEGORY must hold Category alone.")]
    [InlineData("""{"LimitClass":"POOL","Attributes":{"Category":"UserRead"}}""",
        "InvalidParameterException: 1 validation error detected: Value 'POOL' at "
        + "'limitDefinition.limitClass' failed to satisfy constraint: Member must satisfy enum value set: "
        + "[API_CATEGORY]")]
    [InlineData("""{"LimitClass":"API_CATEGORY"}""",
        "InvalidParameterException: 1 validation error detected: Value null at "
        + "'limitDefinition.attributes' failed to satisfy constraint: Member must not be null")]
    public async Task Refuses_what_defines_no_limit(string definition, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        var answer = await world.Call(Operation, new { LimitDefinition = JsonNode.Parse(definition) });

        Assert.Equal(expected, answer.ToString());
    }

    [Fact]
    public async Task Is_itself_limited_together_with_its_twin()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, rates: LimitSettings.Rates(("LimitManagement", 1)));
        await Values(world, "UserRead");

        Assert.Equal(LimitSettings.Exceeded, (await world.Provision("UserRead", 200)).ToString());
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await world.Provision("UserRead", 200)).IsSuccess);
    }

    private static async Task<(int Provisioned, int Free)> Values(World world, string category)
    {
        var answer = await world.Must(
            Operation, new { LimitDefinition = LimitSettings.Definition(category) });
        var limit = answer["Limit"]!;
        return (
            limit["ProvisionedLimitValue"]!.GetValue<int>(), limit["FreeLimitValue"]!.GetValue<int>());
    }
}
