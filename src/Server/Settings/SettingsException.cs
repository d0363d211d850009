namespace Lifeguard.Server.Settings;

/// <summary>A setting that stops the start. The message names it and its source, and never shows a
/// secret.</summary>
public sealed class SettingsException(string message) : Exception(message);
