using System.Text;
using Lifeguard.Domain.Risk;
using Xunit;

namespace Lifeguard.Domain.Tests.Risk;

public sealed class RiskAssessmentTests
{
    private const string Home = "192.0.2.1";
    private const string HomeAgain = "192.0.2.200";
    private const string Cafe = "198.51.100.7";
    private const string Laptop = "laptop";
    private const string Phone = "phone";

    private static readonly DateTimeOffset Now = new(2026, 3, 6, 4, 5, 9, TimeSpan.Zero);

    private static readonly Locations World = Locations.Read(
        new[]
        {
            "192.0.2.0/24,Iceland,Reykjavik,64.1,-21.9",
            "198.51.100.0/24,New Zealand,Wellington,-41.3,174.8",
            "203.0.113.0/24,Iceland,Keflavik,64.0,-22.6",
        }.Select(line => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(line))));

    // Device, address, failures of the user and of the network: what is found.
    [Theory]
    [InlineData(Laptop, Home, 0, 0, null, "")]
    [InlineData(Laptop, HomeAgain, 0, 0, null, "")]
    [InlineData(Phone, Home, 0, 0, "Low", "NewDevice")]
    [InlineData(Laptop, Cafe, 0, 0, "Low", "NewNetwork")]
    [InlineData(Phone, Cafe, 0, 0, "Medium", "NewDevice NewNetwork")]
    [InlineData(Laptop, Home, 2, 0, null, "")]
    [InlineData(Laptop, Home, 3, 0, "Low", "FailuresOfUser")]
    [InlineData(Laptop, Home, 7, 0, "Low", "FailuresOfUser")]
    [InlineData(Laptop, Home, 8, 0, "Medium", "ManyFailuresOfUser")]
    [InlineData(Laptop, Home, 0, 19, null, "")]
    [InlineData(Laptop, Home, 0, 20, "Low", "FailuresFromNetwork")]
    [InlineData(Laptop, Home, 0, 100, "Medium", "ManyFailuresFromNetwork")]
    [InlineData(Phone, Home, 3, 0, "Medium", "NewDevice FailuresOfUser")]
    [InlineData(Phone, Cafe, 3, 0, "High", "NewDevice NewNetwork FailuresOfUser")]
    [InlineData(Laptop, Home, 8, 100, "High", "ManyFailuresOfUser ManyFailuresFromNetwork")]
    public void Adds_up_what_speaks_against_a_sign_in(
        string device, string address, long ofUser, long fromNetwork, string? level, string signs)
    {
        var history = new SignInHistory([At(Laptop, Home)], [], ofUser, fromNetwork);

        var assessment = RiskAssessment.Of(At(device, address), history, Locations.Unknown);

        Assert.Equal(signs, string.Join(' ', assessment.Signs));
        Assert.Equal(level, assessment.Level);
    }

    [Fact]
    public void Of_a_user_without_a_past_nothing_is_new() => Assert.Empty(
        RiskAssessment.Of(At(Phone, Cafe), new([], [], 0, 0), World).Signs);

    [Theory]
    [InlineData("key", "key", null)]
    [InlineData("key", "other", "Low")]
    [InlineData(null, null, "Low")]
    public void A_remembered_device_is_known_whatever_its_browser_is_called(
        string? before, string? now, string? level)
    {
        var history = new SignInHistory([At(Laptop, Home, before)], [], 0, 0);

        Assert.Equal(
            level, RiskAssessment.Of(At(Phone, Home, now), history, Locations.Unknown).Level);
    }

    [Fact]
    public void What_was_called_the_user_s_own_is_not_new()
    {
        var history = new SignInHistory(
            [At(Laptop, Home)], [At(Phone, Cafe) with { Feedback = "Valid" }], 0, 0);

        Assert.Null(RiskAssessment.Of(At(Phone, Cafe), history, Locations.Unknown).Level);
    }

    [Theory]
    [InlineData(Phone, Cafe, true)]
    [InlineData(Laptop, Cafe, true)]
    [InlineData(Phone, Home, true)]
    [InlineData(Laptop, Home, false)]
    public void What_was_disowned_is_a_high_risk_but_for_what_is_also_the_user_s(
        string device, string address, bool isHigh)
    {
        var bad = At(Phone, Cafe) with { Feedback = "Invalid" };
        var history = new SignInHistory([At(Laptop, Home), bad], [bad], 0, 0);

        var assessment = RiskAssessment.Of(At(device, address), history, Locations.Unknown);

        Assert.Equal(isHigh, assessment.Signs.Contains(RiskSign.Disowned));
        Assert.Equal(isHigh ? "High" : null, assessment.Level);
    }

    // Hours since the last sign-in at home.
    [Theory]
    [InlineData(Cafe, 1, true)]
    [InlineData(Cafe, 12, true)]
    [InlineData(Cafe, 48, false)]
    [InlineData("203.0.113.9", 0, false)]
    [InlineData("10.0.0.1", 0, false)]
    [InlineData(Home, 0, false)]
    public void Nobody_gets_so_far_so_fast(string address, int hours, bool isTooFar)
    {
        var earlier = At(Laptop, Home) with { At = Now.AddHours(-hours) };
        var history = new SignInHistory([earlier], [], 0, 0);

        Assert.Equal(
            isTooFar,
            RiskAssessment.Of(At(Laptop, address), history, World).Signs.Contains(RiskSign.ImpossibleTravel));
        Assert.DoesNotContain(
            RiskSign.ImpossibleTravel,
            RiskAssessment.Of(At(Laptop, address), history, Locations.Unknown).Signs);
    }

    [Fact]
    public void Travel_begins_at_the_latest_place()
    {
        var history = new SignInHistory(
            [
                At(Laptop, Cafe) with { At = Now.AddHours(-1) },
                At(Laptop, Home) with { At = Now.AddHours(-90) },
            ],
            [], 0, 0);

        Assert.Null(RiskAssessment.Of(At(Laptop, Cafe), history, World).Level);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (X11; rv:128.0) Firefox/128.0", "Mozilla/5.0 (X11; rv:9.1) Firefox/9", true)]
    [InlineData("Mozilla/5.0 (iPhone OS 17_4)", "Mozilla/5.0 (iPhone OS 18_0_1)", true)]
    [InlineData("Mozilla/5.0 (X11; rv:128.0) Firefox/128.0", "Mozilla/5.0 (Windows) Firefox/128.0", false)]
    [InlineData("", "curl/8.1", false)]
    public void A_device_is_recognised_whatever_its_version(string one, string other, bool isSame) =>
        Assert.Equal(isSame, DeviceMark.Of(one) == DeviceMark.Of(other));

    private static SignInSight At(string device, string address, string? key = null) =>
        new(address, device, key, Now);
}
