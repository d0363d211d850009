using System.Text;
using CsCheck;

namespace Lifeguard.Storage.Tests;

public sealed class KeyRangeTests
{
    // Neighbours of every border: of ASCII, of the surrogates, of UTF-8's lengths, of Unicode itself.
    private static readonly string[] Pieces =
    [
        "a", "b", "z", "_", "%", "\\", "'", "\u0001", "\u007f", "\u0080", "é", "\u07ff", "\u0800", "\ud7ff",
        "\ue000", "\ufffd", "\uffff", "😀", "\U00010000", "\U0010fffe", "\U0010ffff",
    ];

    public static readonly Gen<string> Text =
        Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]).Array[0, 6].Select(string.Concat);

    [Fact]
    public void A_range_holds_exactly_what_starts_with_the_prefix() =>
        Gen.Select(Text, Text, (prefix, rest) => (prefix, rest)).Sample(given =>
        {
            var range = KeyRange.StartingWith(given.prefix);
            return Holds(range, given.prefix + given.rest)
                && Holds(range, given.rest) == given.rest.StartsWith(given.prefix, StringComparison.Ordinal);
        });

    [Fact]
    public void An_exact_range_holds_one_key() => Gen.Select(Text, Text, (key, other) => (key, other)).Sample(
        given => Holds(KeyRange.Exactly(given.key), given.other) == (given.key == given.other)
            && Holds(KeyRange.Exactly(given.key), given.key));

    [Fact]
    public void All_holds_the_longest_and_highest_key() => Assert.True(
        Holds(KeyRange.All, string.Concat(Enumerable.Repeat("\U0010ffff", KeyText.MaxLength / 2))));

    [Fact]
    public void Keys_are_cut_between_characters_not_within()
    {
        var key = KeyText.ForSearch(new string('x', KeyText.MaxLength - 1) + "😀");

        Assert.Equal(new string('x', KeyText.MaxLength - 1), key);
    }

    [Fact]
    public void Long_aliases_that_differ_at_the_end_stay_different()
    {
        var one = KeyText.ForName(new string('x', 2000) + "1");
        var two = KeyText.ForName(new string('x', 2000) + "2");

        Assert.NotEqual(one, two);
        Assert.True(one.Length <= KeyText.MaxLength);
    }

    private static bool Holds(KeyRange range, string key) =>
        Compare(range.From, key) <= 0 && Compare(key, range.To) < 0;

    /// <summary>As both databases compare: by the bytes of UTF-8.</summary>
    internal static int Compare(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
}
