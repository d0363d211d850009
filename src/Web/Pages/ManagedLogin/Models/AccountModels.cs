using Lifeguard.Domain.Branding;

namespace Lifeguard.Web.Pages.ManagedLogin.Models;

/// <summary>An attribute that the person fills in.</summary>
/// <param name="Name">In the schema, such as <c>family_name</c> or <c>custom:plan</c>.</param>
internal sealed record AttributeField(string Name, bool IsRequired)
{
    /// <summary>What it is called; null for the catalogue's words, or the name where it has none.</summary>
    public string? Label { get; init; }

    public bool IsNumber { get; init; }

    /// <summary>It is what the person signs in with.</summary>
    public bool IsName { get; init; }

    public int? MaxLength { get; init; }

    public string Value { get; init; } = "";

    public string? Error { get; init; }
}

/// <summary>A new account.</summary>
internal sealed record SignUpModel : PageModel
{
    public string Username { get; init; } = "";

    /// <summary>A name is chosen, which is not so where an address or number is the name.</summary>
    public bool HasUsername { get; init; } = true;

    public IReadOnlyList<AttributeField> Fields { get; init; } = [];

    /// <summary>Null where no password is asked for.</summary>
    public IReadOnlyList<PasswordRule>? PasswordRules { get; init; }

    /// <summary>Null where the client has none.</summary>
    public TermsLinks? Terms { get; init; }

    public IReadOnlyList<ProviderButton> Providers { get; init; } = [];

    public string? UsernameError { get; init; }

    public string? PasswordError { get; init; }
}

/// <summary>The code that confirms a new account, or the link.</summary>
internal sealed record ConfirmSignUpModel : StepModel
{
    /// <summary>Where the message has just gone; null for who signed up earlier, and comes here from the
    /// sign-in.</summary>
    public SentCode? Sent { get; init; }

    public string? CodeError { get; init; }
}

/// <summary>Whose password is forgotten.</summary>
internal sealed record ForgotPasswordModel : PageModel
{
    public string Username { get; init; } = "";

    public SignInNames Names { get; init; } = SignInNames.Username;

    public string? UsernameError { get; init; }
}

/// <summary>The code that was sent, and a new password.</summary>
internal sealed record ResetPasswordModel : StepModel
{
    /// <summary>An administrator has reset the password, and the person came here from the
    /// sign-in.</summary>
    public bool IsForced { get; init; }

    public SentCode? Sent { get; init; }

    public required IReadOnlyList<PasswordRule> PasswordRules { get; init; }

    public string? CodeError { get; init; }

    public string? PasswordError { get; init; }
}

/// <summary>A password of one's own in the place of a temporary one.</summary>
internal sealed record NewPasswordModel : StepModel
{
    public required IReadOnlyList<PasswordRule> PasswordRules { get; init; }

    /// <summary>Required attributes that the account lacks.</summary>
    public IReadOnlyList<AttributeField> Fields { get; init; } = [];

    public string? PasswordError { get; init; }
}
