namespace Lifeguard.Domain.Risk;

/// <summary>Where a sign of risk begins. The service keeps its own to itself; these are decided here, all in
/// one place.</summary>
public static class RiskThresholds
{
    /// <summary>How many events a sign-in is compared with.</summary>
    public const int Remembered = 50;

    /// <summary>Failures of one user that nobody commits by mistyping.</summary>
    public const int FailuresOfUser = 3;

    /// <summary>Failures of one user by which somebody is guessing.</summary>
    public const int ManyFailuresOfUser = 8;

    /// <summary>Failures from one network, behind which may be an office.</summary>
    public const int FailuresFromNetwork = 20;

    /// <summary>Failures from one network by which many accounts are tried.</summary>
    public const int ManyFailuresFromNetwork = 100;

    /// <summary>Where an address is believed to be may be wrong by so much.</summary>
    public const double VagueKilometres = 300;

    /// <summary>Faster than people travel.</summary>
    public const double KilometresPerHour = 900;

    /// <summary>For so long failures count.</summary>
    public static readonly TimeSpan Recently = TimeSpan.FromMinutes(10);
}
