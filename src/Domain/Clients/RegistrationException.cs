namespace Lifeguard.Domain.Clients;

/// <summary>What a registration is refused with (RFC 7591 §3.2.2).</summary>
/// <param name="error">The code.</param>
/// <param name="description">In own words.</param>
public sealed class RegistrationException(string error, string description)
    : Exception($"{error}: {description}")
{
    public string Error { get; } = error;

    public string Description { get; } = description;

    public static RegistrationException Metadata(string description) =>
        new("invalid_client_metadata", description);

    public static RegistrationException Redirect(string description) =>
        new("invalid_redirect_uri", description);
}
