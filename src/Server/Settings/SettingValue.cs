namespace Lifeguard.Server.Settings;

/// <summary>What is in force for one setting, and why.</summary>
/// <param name="Name">As in the catalogue; for maps with the operator's part.</param>
/// <param name="Text">Empty for "not set".</param>
/// <param name="Source">Such as <c>default</c>, <c>lifeguard.json</c>,
/// <c>environment LIFEGUARD__Listen</c>, <c>--listen</c>.</param>
public sealed record SettingValue(Setting Setting, string Name, string Text, string Source)
{
    /// <summary>The value for people: secrets are hidden, and so are passwords inside other values.</summary>
    public string Shown => this switch
    {
        { Text: "" } => "",
        { Setting.IsSecret: true } => "********",
        _ => Setting.Shown?.Invoke(Text) ?? Text,
    };

    /// <summary>Does whoever reads it know a secret? A part that is hidden is one, but for harmless words
    /// that <c>Database</c> does not show either.</summary>
    public bool HoldsSecret => this switch
    {
        { Text: "" } => false,
        { Setting.IsSecret: true } => true,
        { Setting.Name: "Database" } => HasPassword(Text),
        _ => Shown.Length < Text.Length,
    };

    // The names that Npgsql has for it.
    private static bool HasPassword(string database) => database.Split(';').Any(part =>
        part.Split('=')[0].Trim().ToUpperInvariant() is "PASSWORD" or "PWD" or "PSW" or "SSL PASSWORD"
            or "SSLPASSWORD");

    /// <summary>Never prints a secret.</summary>
    public override string ToString() => $"{Name} = {Shown} ({Source})";
}
