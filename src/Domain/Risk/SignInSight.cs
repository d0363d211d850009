using Lifeguard.Contract;

namespace Lifeguard.Domain.Risk;

/// <summary>From where and by what somebody signs in, or once did.</summary>
/// <param name="DeviceMark">As <see cref="Risk.DeviceMark"/> gives it.</param>
/// <param name="DeviceKey">Of a remembered device; null for none.</param>
/// <param name="Feedback">One of <see cref="FeedbackValueType"/>: what was said of it afterwards; null for
/// nothing.</param>
public sealed record SignInSight(
    string IpAddress, string DeviceMark, string? DeviceKey, DateTimeOffset At, string? Feedback = null)
{
    /// <summary>The same address, or one of the same network.</summary>
    public bool IsNear(SignInSight other) =>
        AddressRange.NetworkOf(IpAddress) == AddressRange.NetworkOf(other.IpAddress);

    /// <summary>The same remembered device, or a client that describes itself alike.</summary>
    public bool IsSameDevice(SignInSight other) =>
        (DeviceKey is not null && DeviceKey == other.DeviceKey) || DeviceMark == other.DeviceMark;
}

/// <summary>What is known of a user when a sign-in is weighed.</summary>
/// <param name="Passed">Registrations and sign-ins that ended well, newest first.</param>
/// <param name="Judged">Events that somebody gave feedback on, newest first.</param>
/// <param name="FailuresOfUser">Sign-ins that failed in the last <see cref="RiskThresholds.Recently"/>.
/// </param>
/// <param name="FailuresFromNetwork">Those from the same network, whoever they were about.</param>
public sealed record SignInHistory(
    IReadOnlyList<SignInSight> Passed,
    IReadOnlyList<SignInSight> Judged,
    long FailuresOfUser,
    long FailuresFromNetwork)
{
    /// <summary>What is the user's own beyond doubt: it ended well and nobody called it foreign, or somebody
    /// called it the user's.</summary>
    public IEnumerable<SignInSight> Trusted =>
    [
        .. Passed.Where(sight => sight.Feedback != FeedbackValueType.Invalid),
        .. Judged.Where(sight => sight.Feedback == FeedbackValueType.Valid),
    ];

    /// <summary>What the user has disowned.</summary>
    public IEnumerable<SignInSight> Disowned =>
        Judged.Where(sight => sight.Feedback == FeedbackValueType.Invalid);
}
