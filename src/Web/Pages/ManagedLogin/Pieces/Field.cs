namespace Lifeguard.Web.Pages.ManagedLogin.Pieces;

/// <summary>One line of a form.</summary>
/// <param name="Name">Under which it is sent.</param>
/// <param name="Label">What the reader calls it.</param>
internal sealed record Field(string Name, string Label)
{
    /// <summary>Its place in the page; that of <see cref="Name"/>, unless said.</summary>
    public string Id { get; init; } = Name.Replace('[', '-').Replace("]", "").Replace(':', '-');

    /// <summary>As in HTML; decides on the keyboard of phones.</summary>
    public string Type { get; init; } = "text";

    public string Value { get; init; } = "";

    /// <summary>What is wrong with it; null for nothing.</summary>
    public string? Error { get; init; }

    /// <summary>How to fill it in; null where that is plain.</summary>
    public string? Hint { get; init; }

    /// <summary>What browsers may fill in (WCAG 2.2, 1.3.5).</summary>
    public string? Autocomplete { get; init; }

    public string? InputMode { get; init; }

    public int? MaxLength { get; init; }

    public bool IsRequired { get; init; } = true;

    /// <summary>The page begins here.</summary>
    public bool HasFocus { get; init; }

    /// <summary>Digits that are read one by one.</summary>
    public bool IsCode { get; init; }

    /// <summary>More that is told about it, with the place where it stands; null for nothing.</summary>
    public (string Id, Html Text)? Rules { get; init; }
}
