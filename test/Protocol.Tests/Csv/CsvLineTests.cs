using System.Text;
using CsCheck;
using Lifeguard.Protocol.Csv;
using Xunit;

namespace Lifeguard.Protocol.Tests.Csv;

public sealed class CsvLineTests
{
    [Theory]
    [InlineData("a,b,c", "a|b|c")]
    [InlineData("", "")]
    [InlineData(",", "|")]
    [InlineData(" a ,\tb\t, c d \r", "a|b|c d")]
    [InlineData(@"Smith\, John,x", "Smith, John|x")]
    [InlineData(@"\,\,,\,", ",,|,")]
    [InlineData(@"C:\dir,\n,\\", @"C:\dir|\n|\\")]
    [InlineData(@"a\", @"a\")]
    [InlineData("\"Smith, John\",x", "\"Smith|John\"|x")]
    [InlineData("Zoë,日本,🦭", "Zoë|日本|🦭")]
    public void Values_stand_between_commas(string line, string expected) =>
        Assert.Equal(expected, string.Join('|', CsvLine.Read(Encoding.UTF8.GetBytes(line))!));

    [Fact]
    public void What_is_written_is_read() => Gen.Char
        .Where(c => c is not ('\n' or '\r') && !char.IsSurrogate(c))
        .Array
        .Select(characters => new string(characters).Trim())
        // A backslash at the end of a value would change the meaning of the comma that follows.
        .Where(value => !value.EndsWith('\\'))
        .Array[1, 20]
        .Sample(values =>
        {
            var line = string.Join(',', values.Select(value => value.Replace(",", @"\,")));
            if (line.Length <= CsvLine.MaxLength)
                Assert.Equal(values, CsvLine.Read(Encoding.UTF8.GetBytes(line)));
        });

    [Fact]
    public void Whatever_the_bytes_nothing_is_thrown() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        var values = CsvLine.Read(bytes);
        Assert.Equal(values is null, !System.Text.Unicode.Utf8.IsValid(bytes));
        Assert.True(values is null || values.All(value => value == value.Trim()));
    });

    [Theory]
    [InlineData("a", 16_000, true)]
    [InlineData("a", 16_001, false)]
    [InlineData("ä", 16_000, true)]
    [InlineData("🦭", 16_000, true)]
    [InlineData("🦭", 16_001, false)]
    public void A_line_has_its_most_characters(string character, int count, bool isRow)
    {
        var line = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(character, count)));

        Assert.Equal(isRow, CsvLine.Read(line) is not null);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(" \t\r", true)]
    [InlineData(",", false)]
    [InlineData(" a", false)]
    public void A_line_may_be_blank(string line, bool isBlank) =>
        Assert.Equal(isBlank, CsvLine.IsBlank(Encoding.UTF8.GetBytes(line)));
}
