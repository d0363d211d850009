namespace Lifeguard.Web.Pages.ManagedLogin.Models;

internal enum AlertKind
{
    Error,
    Success,
    Warning,
    Information,
}

/// <summary>Tells the reader what came of the last step.</summary>
/// <param name="Text">In the reader's language; <see cref="PageTexts.Said"/> translates refusals.</param>
internal sealed record Alert(AlertKind Kind, string Text)
{
    public static Alert Error(string text) => new(AlertKind.Error, text);

    public static Alert Success(string text) => new(AlertKind.Success, text);
}

/// <summary>What every page can show.</summary>
internal abstract record PageModel
{
    /// <summary>Above the form; null for nothing.</summary>
    public Alert? Alert { get; init; }
}

/// <summary>What a page is given that continues another.</summary>
internal abstract record StepModel : PageModel
{
    /// <summary>As the person has entered it.</summary>
    public required string Username { get; init; }

    /// <summary>Opaque; comes back with the form. Empty where the step needs none.</summary>
    public string Session { get; init; } = "";

    /// <summary>Never prints its members: sessions and secrets are among them.</summary>
    public sealed override string ToString() => GetType().Name;
}

/// <summary>What somebody has achieved on the way to a sign-in. It stays so, whatever becomes of the
/// sign-in.</summary>
internal enum Achievement
{
    AccountCreated,
    AccountConfirmed,
    PasswordChanged,
}

/// <summary>By which names people sign in.</summary>
[Flags]
internal enum SignInNames
{
    Username = 1,
    Email = 2,
    PhoneNumber = 4,
}

/// <summary>How a code reaches the person.</summary>
internal enum CodeMedium
{
    Email,
    Sms,
    Authenticator,
}

/// <summary>Where a code was sent.</summary>
/// <param name="Destination">Masked; null where it is not known.</param>
internal sealed record SentCode(CodeMedium Medium, string? Destination);

/// <summary>A way to prove who one is.</summary>
/// <param name="Name">In the API: <c>PASSWORD</c>, <c>EMAIL_OTP</c>, <c>SMS_OTP</c>, <c>WEB_AUTHN</c>,
/// <c>SMS_MFA</c>, <c>SOFTWARE_TOKEN_MFA</c>.</param>
/// <param name="Destination">Where its code would go, masked; null where it has none or that is not
/// told.</param>
internal sealed record FactorChoice(string Name, string? Destination = null);

/// <summary>An identity provider that one can sign in with.</summary>
/// <param name="Name">As the pool has it.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Type">Of the API, such as <c>Google</c> or <c>SAML</c>.</param>
/// <param name="Href">Where signing in with it begins.</param>
internal sealed record ProviderButton(string Name, string Title, string Type, string Href);
