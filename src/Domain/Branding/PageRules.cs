namespace Lifeguard.Domain.Branding;

/// <summary>What settings say of the pages.</summary>
/// <param name="HasDefaultStyle">Clients without a style of their own have pages all the same; with the
/// service they have none.</param>
public sealed record PageRules(bool HasDefaultStyle);
