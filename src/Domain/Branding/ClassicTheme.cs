namespace Lifeguard.Domain.Branding;

/// <summary>What the classic pages have of their own.</summary>
/// <param name="Css">A style sheet for the classes <c>…-customizable</c>, defaults included; it was parsed
/// and is written anew, and has no other selectors.</param>
/// <param name="LogoTag">The image at the top (<see cref="PageAsset.PathOf"/>); null for none.</param>
public sealed record ClassicTheme(string Css, string? LogoTag);
