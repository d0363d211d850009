using System.Text.Json.Nodes;
using Xunit;

namespace Lifeguard.Contract.Tests;

public sealed class RoundTripTests
{
    public static TheoryData<string> Structures => new(Facts.Structures);

    [Theory]
    [MemberData(nameof(Structures))]
    public void Every_structure_survives_reading_and_writing(string shape)
    {
        var sample = Samples.Structure(shape, all: true);

        var once = Wire.Write(Wire.Read(shape, sample.ToJsonString()));
        var twice = Wire.Write(Wire.Read(shape, once));

        Assert.Equal(once, twice);
        Assert.True(JsonNode.DeepEquals(sample, JsonNode.Parse(once)), once);
    }

    [Fact]
    public void A_structure_never_prints_its_members()
    {
        var printed = Facts.Structures.Select(shape => Wire.Read(shape, "{}").ToString());

        Assert.Equal(Facts.Structures, printed);
    }

    [Theory]
    [InlineData("1726694203.495", "1726694203.495")]
    [InlineData("1715100742", "1715100742.0")]
    [InlineData("1715100742.0", "1715100742.0")]
    [InlineData("1682955829.57", "1682955829.57")]
    [InlineData("1.7150e9", "1715000000.0")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("0.0004", "0.0")]
    [InlineData("253402300799", "253402300799.0")]
    [InlineData("-62135596800", "-62135596800.0")]
    public void An_instant_is_seconds_with_up_to_three_decimals(string sent, string written)
    {
        var group = Wire.Read(nameof(GroupType), $$"""{"CreationDate":{{sent}}}""");

        Assert.Equal($$"""{"CreationDate":{{written}}}""", Wire.Write(group));
    }

    [Fact]
    public void Absent_members_are_left_out_and_text_is_not_escaped_needlessly()
    {
        var group = new GroupType { GroupName = "o'neil+<äß&日>", Precedence = 0 };

        Assert.Equal("""{"GroupName":"o'neil+<äß&日>","Precedence":0}""", Wire.Write(group));
    }

    [Fact]
    public void Members_that_are_always_sent_are_sent_empty()
    {
        Assert.Equal("""{"ChallengeParameters":{}}""", Wire.Write(new InitiateAuthResponse()));
        Assert.Equal("""{"Users":[]}""", Wire.Write(new ListUsersResponse()));
    }

    [Fact]
    public void No_content_is_an_empty_body()
    {
        Assert.Equal("", Wire.Write(NoContent.Instance));
    }
}
