namespace Lifeguard.Server.Settings;

/// <summary>Which of its lives the program leads; defaults and demands differ.</summary>
public enum Life
{
    /// <summary><c>lifeguard dev</c>: development and CI, loopback only.</summary>
    Dev,

    /// <summary><c>lifeguard serve</c> and the administration of what it serves.</summary>
    Serve,
}
