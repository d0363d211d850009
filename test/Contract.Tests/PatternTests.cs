using CsCheck;
using Xunit;

namespace Lifeguard.Contract.Tests;

public sealed class PatternTests
{
    // From these pieces come the texts on which the patterns that are matched in another form could differ.
    private static readonly Gen<string> Texts = Gen.OneOf(
            "a", "@", "{", "}", "#", "{##", "##}", "{####}", " ", "*", "\n", "\u0001", "é", "x.y")
        .Array[0, 12]
        .Select(pieces => string.Concat(pieces));

    private static StringRule Rule(string shape) =>
        (StringRule)typeof(Rules).GetProperty(shape)!.GetValue(null)!;

    [Theory]
    [InlineData("EmailAddressType")]
    [InlineData("EmailMfaMessageType")]
    [InlineData("EmailVerificationMessageType")]
    [InlineData("EmailVerificationMessageByLinkType")]
    [InlineData("SmsVerificationMessageType")]
    public void A_pattern_matched_in_another_form_means_the_same(string shape)
    {
        var rule = Rule(shape);

        Texts.Where(text => text.Length >= rule.Min && text.Length <= rule.Max)
            .Sample(text => rule.Accepts(text) == Samples.Matches(shape, text), iter: 20_000);
    }

    [Fact]
    public void No_pattern_can_be_made_slow()
    {
        string[] pieces =
            ["a", "_", "-", "@", ":", "{", "{##", "{####}", "{##a##}", "arn:aws:a::", " ", "1", ".", "\t"];
        var rules = Facts.Strings.Where(shape => Facts.Pattern(shape) is not null).Select(Rule).ToList();

        var slow = new List<string>();
        foreach (var piece in pieces)
        {
            var text = string.Concat(Enumerable.Repeat(piece, 60_000 / piece.Length)) + "\u0001";
            // A match that needs longer than its second is a refusal, so time shows only from outside.
            var watch = System.Diagnostics.Stopwatch.StartNew();
            rules.ForEach(rule => rule.Accepts(text));
            if (watch.Elapsed > TimeSpan.FromSeconds(5))
                slow.Add($"{piece}: {watch.Elapsed}");
        }

        Assert.Empty(slow);
    }
}
