using Lifeguard.Domain.Branding;
using Xunit;

namespace Lifeguard.Domain.Tests.Branding;

public sealed class StyleSettingsTests
{
    [Theory]
    [InlineData("""{"a":{"b":1,"c":2}}""", """{"a":{"c":3,"d":4}}""", """{"a":{"b":1,"c":3,"d":4}}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[3]}""", """{"a":[3]}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":7}""", """{"a":7}""")]
    [InlineData("""{"a":7}""", """{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    [InlineData("""{"a":7}""", """{"a":null}""", """{"a":null}""")]
    [InlineData("""{"a":8.0,"b":1e2}""", """{}""", """{"a":8.0,"b":1e2}""")]
    [InlineData("""{}""", """{"a":1,"a":2}""", """{"a":2}""")]
    public void Objects_are_merged_and_everything_else_is_replaced(
        string below, string above, string expected) => Assert.Equal(
        expected,
        StyleSettings.ToText(StyleSettings.Merge(StyleSettings.Parse(below), StyleSettings.Parse(above))));

    [Theory]
    [InlineData("a", "1")]
    [InlineData("b.c.d", "2")]
    [InlineData("b.x", null)]
    [InlineData("a.b", null)]
    public void A_path_leads_to_what_stands_there(string path, string? expected) => Assert.Equal(
        expected,
        StyleSettings.At(StyleSettings.Parse("""{"a":1,"b":{"c":{"d":2}}}"""), path)?.GetRawText());

    [Fact]
    public void The_defaults_are_settings_that_may_be_given() =>
        StyleSettings.Check(StyleSettings.Merge(StyleSettings.None, DefaultsOf()));

    private static System.Text.Json.JsonElement DefaultsOf() => new LoginStyle
    {
        PoolId = "p",
        Id = "i",
        ClientId = "c",
        CreatedAt = default,
        ModifiedAt = default,
    }.MergedSettings;
}
