namespace Lifeguard.Server.Settings;

/// <summary>One entry of the catalogue.</summary>
/// <param name="Name">Parts joined by colons, such as <c>Email:Smtp:Host</c>; case is of no meaning.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Default">Under <c>serve</c>; empty for "not set".</param>
/// <param name="Meaning">One line for the table and the manual.</param>
public sealed record Setting(string Name, SettingKind Kind, string Default, string Meaning)
{
    /// <summary>Under <c>dev</c>, where that differs.</summary>
    public string? DevDefault { get; init; }

    /// <summary>The value is never shown and cannot come from the command line, where other users see
    /// it.</summary>
    public bool IsSecret { get; init; }

    /// <summary>May not stand in a file either: a key beside its data protects nothing.</summary>
    public bool IsEnvironmentOnly { get; init; }

    /// <summary>The last part is chosen by the operator, such as the function in
    /// <c>Triggers:Map:NAME</c>.</summary>
    public bool IsMap { get; init; }

    /// <summary>Such as <c>--listen</c>; null where there is none.</summary>
    public string? Flag { get; init; }

    /// <summary>The value as it may be shown; null takes it as it is.</summary>
    public Func<string, string>? Shown { get; init; }

    /// <summary>What is in force when nobody says otherwise.</summary>
    public string DefaultIn(Life life) => life is Life.Dev ? DevDefault ?? Default : Default;
}
