namespace Lifeguard.Domain.Branding;

/// <summary>
/// The custom properties of a theme's style sheets. Every theme declares all of them, for light and for dark
/// pages; pages use these and no colours of their own.
/// </summary>
public static class ThemeProperties
{
    /// <summary>Colours, each with its place in the settings of a style: the first part up to the mode, and
    /// the second below it.</summary>
    internal static readonly IReadOnlyList<ColorProperty> Colors =
    [
        new("--lg-page-background", "components.pageBackground", "color"),
        new("--lg-header-background", "components.pageHeader", "background.color"),
        new("--lg-header-border", "components.pageHeader", "borderColor"),
        new("--lg-footer-background", "components.pageFooter", "background.color"),
        new("--lg-footer-border", "components.pageFooter", "borderColor"),
        new("--lg-form-background", "components.form", "backgroundColor"),
        new("--lg-form-border", "components.form", "borderColor"),
        new("--lg-text", "components.pageText", "bodyColor"),
        new("--lg-text-description", "components.pageText", "descriptionColor"),
        new("--lg-heading", "components.pageText", "headingColor"),
        new("--lg-link", "componentClasses.link", "defaults.textColor"),
        new("--lg-link-hover", "componentClasses.link", "hover.textColor"),
        new("--lg-primary", "components.primaryButton", "defaults.backgroundColor"),
        new("--lg-primary-text", "components.primaryButton", "defaults.textColor"),
        new("--lg-primary-hover", "components.primaryButton", "hover.backgroundColor"),
        new("--lg-primary-hover-text", "components.primaryButton", "hover.textColor"),
        new("--lg-primary-active", "components.primaryButton", "active.backgroundColor"),
        new("--lg-primary-active-text", "components.primaryButton", "active.textColor"),
        new("--lg-primary-disabled", "components.primaryButton", "disabled.backgroundColor"),
        new("--lg-primary-disabled-border", "components.primaryButton", "disabled.borderColor"),
        new("--lg-primary-disabled-text", "componentClasses.inputDescription", "textColor"),
        .. Button("--lg-secondary", "components.secondaryButton"),
        .. Button("--lg-idp", "components.idpButton.standard"),
        new("--lg-input-background", "componentClasses.input", "defaults.backgroundColor"),
        new("--lg-input-border", "componentClasses.input", "defaults.borderColor"),
        new("--lg-input-placeholder", "componentClasses.input", "placeholderColor"),
        new("--lg-label", "componentClasses.inputLabel", "textColor"),
        new("--lg-input-description", "componentClasses.inputDescription", "textColor"),
        new("--lg-focus", "componentClasses.focusState", "borderColor"),
        new("--lg-divider", "componentClasses.divider", "borderColor"),
        .. Status("--lg-error", "error"),
        .. Status("--lg-success", "success"),
        .. Status("--lg-warning", "warning"),
        new("--lg-pending", "componentClasses.statusIndicator", "pending.indicatorColor"),
        new("--lg-alert-background", "components.alert", "error.backgroundColor"),
        new("--lg-alert-border", "components.alert", "error.borderColor"),
        new("--lg-option-background", "componentClasses.optionControls", "defaults.backgroundColor"),
        new("--lg-option-border", "componentClasses.optionControls", "defaults.borderColor"),
        new("--lg-option-selected", "componentClasses.optionControls", "selected.backgroundColor"),
        new("--lg-option-selected-mark", "componentClasses.optionControls", "selected.foregroundColor"),
        new("--lg-dropdown-background", "componentClasses.dropDown", "defaults.itemBackgroundColor"),
        new("--lg-dropdown-border", "componentClasses.optionControls", "defaults.borderColor"),
        new("--lg-dropdown-text", "components.pageText", "bodyColor"),
        new("--lg-dropdown-hover", "componentClasses.dropDown", "hover.itemBackgroundColor"),
        new("--lg-dropdown-hover-border", "componentClasses.dropDown", "hover.itemBorderColor"),
        new("--lg-dropdown-hover-text", "componentClasses.dropDown", "hover.itemTextColor"),
        new("--lg-dropdown-match", "componentClasses.dropDown", "match.itemBackgroundColor"),
        new("--lg-dropdown-match-text", "componentClasses.dropDown", "match.itemTextColor"),
    ];

    /// <summary>Radii of corners, in pixels.</summary>
    internal static readonly IReadOnlyList<RadiusProperty> Radii =
    [
        new("--lg-radius-button", "componentClasses.buttons.borderRadius"),
        new("--lg-radius-input", "componentClasses.input.borderRadius"),
        new("--lg-radius-dropdown", "componentClasses.dropDown.borderRadius"),
        new("--lg-radius-form", "components.form.borderRadius"),
        new("--lg-radius-alert", "components.alert.borderRadius"),
    ];

    /// <summary>The names of all properties.</summary>
    public static readonly IReadOnlyList<string> Names =
        [.. Colors.Select(color => color.Name), .. Radii.Select(radius => radius.Name)];

    private static IEnumerable<ColorProperty> Button(string name, string path) =>
        from state in (string[])["defaults", "hover", "active"]
        let stem = state == "defaults" ? name : $"{name}-{state}"
        from each in ((string, string)[])
            [("", "backgroundColor"), ("-border", "borderColor"), ("-text", "textColor")]
        select new ColorProperty(stem + each.Item1, path, $"{state}.{each.Item2}");

    private static IEnumerable<ColorProperty> Status(string name, string status) =>
        from each in ((string, string)[])
            [("", "indicatorColor"), ("-background", "backgroundColor"), ("-border", "borderColor")]
        select new ColorProperty(
            name + each.Item1, "componentClasses.statusIndicator", $"{status}.{each.Item2}");
}

/// <summary>A colour that is one thing on light pages and another on dark ones.</summary>
/// <param name="Above">Where in the settings its mode is.</param>
/// <param name="Below">Where it is below its mode.</param>
internal sealed record ColorProperty(string Name, string Above, string Below);

/// <summary>A length that is the same on all pages.</summary>
internal sealed record RadiusProperty(string Name, string Path);
