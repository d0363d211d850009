namespace Lifeguard.Server.Settings;

/// <summary>Something about the settings that <c>lifeguard doctor</c> tells.</summary>
/// <param name="Setting">Name of the setting to change.</param>
/// <param name="Message">What is wrong and what to do, without any secret.</param>
public sealed record Finding(FindingWeight Weight, string Setting, string Message)
{
    public static Finding Refusal(string setting, string message) =>
        new(FindingWeight.Refusal, setting, message);

    public static Finding Warning(string setting, string message) =>
        new(FindingWeight.Warning, setting, message);
}

/// <summary>What a finding leads to.</summary>
public enum FindingWeight
{
    /// <summary>The start goes on; the operator should know.</summary>
    Warning,

    /// <summary>The program does not start.</summary>
    Refusal,
}
