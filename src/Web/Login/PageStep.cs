using Lifeguard.Domain;
using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Login;

/// <summary>What a page shows that follows a form and has an address of its own
/// (<see cref="PageSteps"/>).</summary>
internal sealed record PageStep
{
    /// <summary>As the person has entered it.</summary>
    public required string Username { get; init; }

    /// <summary>Of a registration that has just happened here, or of a sign-in that awaits a code; null for
    /// none.</summary>
    public string? Session { get; init; }

    /// <summary>Where a code went; null where none was sent, or that is not told.</summary>
    public SentCode? Sent { get; init; }

    /// <summary>An administrator has reset the password, and sent the code.</summary>
    public bool IsForced { get; init; }

    /// <summary>Why the form was refused; null where it was not.</summary>
    public ApiException? Refusal { get; init; }

    /// <summary>The rules that a refused password meets; null where none was refused.</summary>
    public IReadOnlyList<PasswordRuleKind>? Met { get; init; }

    /// <summary>What the person has achieved, who still has to sign in; null for nothing.</summary>
    public Achievement? Done { get; init; }

    /// <summary>The account is there, and no code can be sent that confirms it.</summary>
    public bool IsUnconfirmable { get; init; }

    /// <summary>Never prints its members: a session is among them.</summary>
    public override string ToString() => nameof(PageStep);
}
