namespace Lifeguard.Web.Pages.ManagedLogin.Models;

/// <summary>A request that leads nowhere.</summary>
internal sealed record ErrorModel : PageModel
{
    /// <summary>What the request was refused with, such as <c>redirect_mismatch</c>; null for nothing. May
    /// come from the address of the page: only what looks like a code is shown, lest strangers put words
    /// onto it.</summary>
    public string? Reason { get; init; }

    /// <summary>The server's own account of it, such as what an identity provider has answered; null for
    /// nothing. Never from the address of the page.</summary>
    public string? Description { get; init; }
}

/// <summary>Nobody is signed in any more.</summary>
internal sealed record SignedOutModel : PageModel
{
    /// <summary>To sign in again; null for no such link.</summary>
    public string? SignInHref { get; init; }
}

/// <summary>The app client has no pages.</summary>
internal sealed record UnavailableModel : PageModel;

/// <summary>A form does not come from a page as this browser has it now.</summary>
internal sealed record ForeignFormModel : PageModel
{
    /// <summary>To begin anew.</summary>
    public required string RestartHref { get; init; }
}

/// <summary>A page of a sign-in was sent twice, or went on elsewhere.</summary>
internal sealed record UsedUpModel : PageModel
{
    /// <summary>To begin anew.</summary>
    public required string RestartHref { get; init; }
}

/// <summary>A sign-in was left open for too long.</summary>
internal sealed record TimedOutModel : PageModel
{
    /// <summary>To begin anew; null for no such link.</summary>
    public string? RestartHref { get; init; }
}
