using System.Globalization;
using Lifeguard.Domain.Pools;
using Xunit;

namespace Lifeguard.Domain.Tests.Pools;

public sealed class TagRulesTests
{
    // stored + given -> afterwards
    [Theory]
    [InlineData("", "a=1", "a=1")]
    [InlineData("a=1", "b=2", "a=1;b=2")]
    [InlineData("a=1;b=2", "a=3", "a=3;b=2")]
    [InlineData("a=1", "A=2", "A=2;a=1")]
    [InlineData("a=1", "a=", "a=")]
    [InlineData("a=1", "", "a=1")]
    [InlineData("", "", "")]
    [InlineData("", "team name=ä_.:/+-@😀", "team name=ä_.:/+-@😀")]
    public void Tags_are_added_to_those_there_are(string stored, string given, string expected) =>
        Assert.Equal(expected, Print(TagRules.Added(Parse(stored), Parse(given)!)));

    [Theory]
    [InlineData("a=1;b=2", "a", "b=2")]
    [InlineData("a=1;b=2", "a;b;c", "")]
    [InlineData("a=1", "A", "a=1")]
    [InlineData("a=1", "", "a=1")]
    [InlineData("", "a", "")]
    public void Tags_are_removed_by_key(string stored, string keys, string expected) => Assert.Equal(
        expected, Print(TagRules.Removed(Parse(stored), keys.Split(';'))));

    [Theory]
    [InlineData("a!=1", "A tag key must be 1 to 128 ")]
    [InlineData("a=1,2", "A tag value must be 0 to 256 ")]
    [InlineData("aws:team=1", "Tag keys that begin with aws: are reserved.")]
    [InlineData("AWS:team=1", "Tag keys that begin with aws: are reserved.")]
    public void What_may_not_be_has_the_error_of_the_operation(string given, string reason)
    {
        Assert.StartsWith(
            "InvalidParameterException: " + reason,
            Shapes.Refusal(() => TagRules.Added(null, Parse(given)!)),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "UserPoolTaggingException: " + reason,
            Shapes.Refusal(() => TagRules.Checked(Parse(given))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Fifty_are_enough_the_stored_ones_counted()
    {
        var most = Numbered(0, 50);
        Assert.Equal(50, TagRules.Added(Numbered(0, 20), Numbered(20, 30))!.Count);
        Assert.Equal(50, TagRules.Added(most, Numbered(49, 1))!.Count);
        Assert.Equal(
            "InvalidParameterException: A user pool can have at most 50 tags.",
            Shapes.Refusal(() => TagRules.Added(most, Numbered(50, 1))));
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("a=1;b=2", "b=2;a=1", true)]
    [InlineData("a=1", "a=2", false)]
    [InlineData("a=1", "b=1", false)]
    [InlineData("a=1", "", false)]
    [InlineData("", "a=1", false)]
    public void The_same_tags_are_the_same_in_any_order(string one, string other, bool same) =>
        Assert.Equal(same, TagRules.AreSame(Parse(one), Parse(other)));

    private static Dictionary<string, string> Numbered(int first, int count) => Enumerable
        .Range(first, count)
        .ToDictionary(number => number.ToString(CultureInfo.InvariantCulture), _ => "x");

    private static Dictionary<string, string> Parse(string tags) => tags
        .Split(';', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1]);

    private static string Print(IReadOnlyDictionary<string, string>? tags) => string.Join(
        ';',
        (tags ?? new Dictionary<string, string>())
            .OrderBy(tag => tag.Key, StringComparer.Ordinal)
            .Select(tag => $"{tag.Key}={tag.Value}"));
}
