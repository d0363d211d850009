using Lifeguard.Protocol.Saml;
using Lifeguard.Worlds.Saml;
using Xunit;
using static Lifeguard.Protocol.Tests.Saml.Providers;

namespace Lifeguard.Protocol.Tests.Saml;

/// <summary>When an answer is good. The provider's clock may differ by two minutes.</summary>
public sealed class ValidityTests
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Fact]
    public void Is_good_until_its_end_and_not_at_it()
    {
        var end = Now.AddMinutes(5) + Skew;

        Assert.Null(At(end - Moment));
        Assert.Equal(SamlFailure.Expired, At(end));
    }

    [Fact]
    public void Is_good_from_its_beginning_and_not_before()
    {
        // It begins half a minute before it was made.
        var spec = new SamlSpec { Now = Now + Skew + TimeSpan.FromSeconds(31) };

        Assert.Equal(SamlFailure.NotYetValid, FailureOf(spec));
        Assert.Null(FailureOf(spec, Expected with { Now = Now + TimeSpan.FromSeconds(31) }));
    }

    [Theory]
    [InlineData("ConfirmationData InResponseTo=\"_request\" NotOnOrAfter=\"2026-01-01T00:05:00Z\"")]
    [InlineData("<saml:Conditions NotBefore=\"2025-12-31T23:59:30Z\" NotOnOrAfter=\"2026-01-01T00:05:00Z\"")]
    public void Each_end_counts_that_of_the_confirmation_too(string element)
    {
        var sooner = element.Replace("00:05:00Z", "00:01:00Z", StringComparison.Ordinal);
        var spec = new SamlSpec
        {
            Assertion = text => text.Contains(element, StringComparison.Ordinal)
                ? text.Replace(element, sooner, StringComparison.Ordinal)
                : throw new InvalidOperationException(text),
        };
        var later = Expected with { Now = Now.AddMinutes(1) + Skew };

        Assert.Equal(SamlFailure.Expired, FailureOf(spec, later));
        Assert.Null(FailureOf(new SamlSpec(), later));
    }

    [Fact]
    public void A_confirmation_without_end_is_none()
    {
        Assert.Equal(SamlFailure.Malformed, FailureOf(new SamlSpec
        {
            Assertion = text => text.Replace(
                "InResponseTo=\"_request\" NotOnOrAfter=\"2026-01-01T00:05:00Z\"",
                "InResponseTo=\"_request\"",
                StringComparison.Ordinal),
        }));
    }

    [Fact]
    public void A_session_that_is_over_there_does_not_begin_here()
    {
        var spec = new SamlSpec
        {
            Assertion = text => text.Replace(
                "SessionIndex=\"_session\"",
                "SessionIndex=\"_session\" SessionNotOnOrAfter=\"2025-12-31T23:00:00Z\"",
                StringComparison.Ordinal),
        };

        Assert.Equal(SamlFailure.Expired, FailureOf(spec));
    }

    [Fact]
    public void What_was_made_long_ago_is_not_taken_however_late_it_says_it_ends()
    {
        var spec = new SamlSpec
        {
            Assertion = text => text.Replace("2026-01-01T00:05:00Z", "9999-12-31T23:59:59Z"),
        };
        var last = Now + TimeSpan.FromHours(1) + Skew;

        Assert.Null(FailureOf(spec, Expected with { Now = last - Moment }));
        Assert.Equal(SamlFailure.Expired, FailureOf(spec, Expected with { Now = last }));
        Assert.Equal(last, Verify(spec).ExpiresAt);
    }

    [Fact]
    public void Its_id_may_be_forgotten_when_it_is_not_taken_any_more()
    {
        var expiresAt = Verify(new()).ExpiresAt;

        Assert.Null(At(expiresAt - Moment));
        Assert.Equal(SamlFailure.Expired, At(expiresAt));
    }

    [Theory]
    [InlineData("2026-01-01T00:05:00.123456789Z", null)]
    [InlineData("2026-01-01T00:05:00", null)]
    [InlineData("2026-01-01T02:05:00+02:00", null)]
    [InlineData("2026-01-01T00:05:00+02:00", SamlFailure.Expired)]
    [InlineData("2026-01-01", SamlFailure.Malformed)]
    [InlineData("00:05:00", SamlFailure.Malformed)]
    [InlineData("2026-01-01 00:05:00Z", SamlFailure.Malformed)]
    [InlineData("tomorrow", SamlFailure.Malformed)]
    [InlineData("", SamlFailure.Malformed)]
    public void Reads_instants_as_XML_writes_them(string end, SamlFailure? expected)
    {
        var spec = new SamlSpec
        {
            Assertion = text => text.Replace("2026-01-01T00:05:00Z", end, StringComparison.Ordinal),
        };

        Assert.Equal(expected, FailureOf(spec));
    }

    private static SamlFailure? At(DateTimeOffset now) =>
        FailureOf(new SamlSpec(), Expected with { Now = now });
}
