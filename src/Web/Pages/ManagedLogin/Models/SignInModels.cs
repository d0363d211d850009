namespace Lifeguard.Web.Pages.ManagedLogin.Models;

/// <summary>Where a sign-in begins.</summary>
internal sealed record SignInModel : PageModel
{
    /// <summary>Above the alert: what the person has achieved before; null for nothing.</summary>
    public Alert? Notice { get; init; }

    /// <summary>Fills the field; empty for nobody yet.</summary>
    public string Username { get; init; } = "";

    public SignInNames Names { get; init; } = SignInNames.Username;

    /// <summary>The pool's own users may sign in.</summary>
    public bool HasLocalForm { get; init; } = true;

    /// <summary>The name is asked for alone; what comes next depends on whose it is.</summary>
    public bool IsUsernameFirst { get; init; }

    /// <summary>A button for each; the theme puts them in order.</summary>
    public IReadOnlyList<ProviderButton> Providers { get; init; } = [];

    /// <summary>A box for the address at work, whose domain tells the provider.</summary>
    public bool FindsProviderByEmail { get; init; }

    /// <summary>Fills that box.</summary>
    public string ProviderEmail { get; init; } = "";

    /// <summary>What is wrong with that box; null for nothing.</summary>
    public string? ProviderEmailError { get; init; }

    public bool CanSignUp { get; init; }

    public bool CanRecover { get; init; }

    /// <summary>A request for any passkey of this site, as the JSON of WebAuthn, which browsers offer in the
    /// name's field; null where passkeys are not used.</summary>
    public string? PasskeyOptions { get; init; }

    /// <summary>Comes back with the form; the chain of <see cref="PasskeyOptions"/>.</summary>
    public string Session { get; init; } = "";

    /// <summary>When the page is opened, since its form is good for some minutes; null where that is not
    /// told.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Who is signed in already, and may go on; null for nobody.</summary>
    public string? SignedInAs { get; init; }

    public string? UsernameError { get; init; }

    public string? PasswordError { get; init; }

    /// <summary>Never prints its members: a session is among them.</summary>
    public override string ToString() => nameof(SignInModel);
}

/// <summary>Which first factor to use.</summary>
internal sealed record ChooseFactorModel : StepModel
{
    public required IReadOnlyList<FactorChoice> Factors { get; init; }
}

/// <summary>The password, after the name.</summary>
internal sealed record PasswordModel : StepModel
{
    public string? PasswordError { get; init; }

    public bool CanRecover { get; init; }

    /// <summary>There are other first factors to go back to.</summary>
    public bool CanChooseOther { get; init; }
}

/// <summary>For what a code is asked.</summary>
internal enum CodePurpose
{
    FirstFactor,
    SecondFactor,

    /// <summary>It was sent to a phone that is to be a factor from now on.</summary>
    PhoneSetUp,

    /// <summary>It was sent to an address that is to be a factor from now on.</summary>
    EmailSetUp,
}

/// <summary>A code from a message or an authenticator.</summary>
internal sealed record OneTimeCodeModel : StepModel
{
    public required CodePurpose Purpose { get; init; }

    public required SentCode Sent { get; init; }

    public string? CodeError { get; init; }

    public bool CanResend { get; init; }

    /// <summary>There are other factors to go back to.</summary>
    public bool CanChooseOther { get; init; }
}

/// <summary>Signing in with a passkey of the person who has given a name.</summary>
internal sealed record PasskeyModel : StepModel
{
    /// <summary>The request, as the JSON of WebAuthn.</summary>
    public required string Options { get; init; }

    public bool CanChooseOther { get; init; }
}

/// <summary>Registering a passkey for somebody who is signed in.</summary>
internal sealed record AddPasskeyModel : StepModel
{
    /// <summary>The options of the creation, as the JSON of WebAuthn.</summary>
    public required string Options { get; init; }

    /// <summary>Back to the application; null for no such link.</summary>
    public string? CancelHref { get; init; }
}
