namespace Lifeguard.Adapters;

/// <summary>How the mail server is reached.</summary>
public sealed record SmtpOptions
{
    /// <summary>Name or address of the server.</summary>
    public required string Host { get; init; }

    /// <summary>Usually 587 for STARTTLS, 465 for TLS, 25 for neither.</summary>
    public required int Port { get; init; }

    /// <summary>How the connection is protected.</summary>
    public required SmtpSecurity Security { get; init; }

    /// <summary>Null where the server asks for no account.</summary>
    public string? User { get; init; }

    /// <summary>Of <see cref="User"/>.</summary>
    public string? Password { get; init; }

    /// <summary>Name or address by which this host greets the server; null for what it is found to
    /// be.</summary>
    public string? LocalDomain { get; init; }

    /// <summary>Sender of messages that name none: an address, or <c>Name &lt;address&gt;</c>.</summary>
    public required string From { get; init; }

    /// <summary>PEM file with the certificates of private authorities that are trusted besides the
    /// system's.</summary>
    public string? TrustedCertificateFile { get; init; }

    /// <summary>Never prints the password.</summary>
    public override string ToString() => $"SmtpOptions {Host}:{Port}";
}

/// <summary>How the connection to the mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Begins in the clear and must go over to TLS (RFC 3207); a server that cannot is not
    /// used.</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314 §3).</summary>
    Tls,
}
