namespace Lifeguard.Server.Settings;

/// <summary>A setting that stops the start. The message names it and its source, and never shows a
/// secret.</summary>
public sealed class SettingsException : Exception
{
    public SettingsException(string message)
        : base(message)
    {
    }

    /// <summary>Because of the setting of that name.</summary>
    public SettingsException(string setting, string message)
        : base($"{setting}: {message}") => Finding = Finding.Refusal(setting, message);

    /// <summary>The same for <c>doctor</c>; null where the message alone says which setting it is.</summary>
    public Finding? Finding { get; }
}
