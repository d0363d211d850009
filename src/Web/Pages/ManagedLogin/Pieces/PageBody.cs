using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Pages.ManagedLogin.Pieces;

/// <summary>What illustrates a page.</summary>
internal enum Graphic
{
    None,
    Email,
    Sms,
    Authenticator,
    Password,
    Passkey,
    Protection,
}

/// <summary>What a page has to say, before it is put into its frame.</summary>
/// <param name="Title">Its only heading of the first order.</param>
/// <param name="Content">Below the heading, mostly a form.</param>
internal sealed record PageBody(string Title, Html Content)
{
    /// <summary>A sentence below the title; null for none.</summary>
    public Html? Lead { get; init; }

    public Graphic Graphic { get; init; }

    /// <summary>Whose sign-in it is; null where that is not settled.</summary>
    public string? Who { get; init; }

    /// <summary>Above the alert, where there is something else to tell; null for nothing.</summary>
    public Alert? Notice { get; init; }

    public Alert? Alert { get; init; }

    /// <summary>A field is wrong, or the alert says that something is.</summary>
    public bool IsRefused { get; init; }

    /// <summary>Where else to go, below the form; null for nowhere.</summary>
    public Html? Links { get; init; }

    /// <summary>It has a form for a passkey.</summary>
    public bool HasPasskeys { get; init; }
}
