using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Pages.ManagedLogin.Pieces;

/// <summary>Passwords that are entered and chosen.</summary>
internal static class PasswordPieces
{
    private const string RulesId = "password-rules";

    /// <summary>The password that one has.</summary>
    public static Field Current(this PageTexts texts, string? error, bool hasFocus = false) =>
        new(FormFields.Password, texts.Password)
        {
            Type = "password",
            Autocomplete = "current-password",
            Error = error,
            HasFocus = hasFocus,
        };

    /// <summary>A password that one is to choose, with the rules for it.</summary>
    public static Html Chosen(
        this PageFrame frame, string label, IReadOnlyList<PasswordRule> rules, string? error,
        bool hasFocus = false) =>
        frame.Field(new(FormFields.Password, label)
        {
            Type = "password",
            Autocomplete = "new-password",
            Error = error,
            HasFocus = hasFocus,
            Rules = (RulesId, frame.Rules(rules)),
        });

    private static Html Rules(this PageFrame frame, IReadOnlyList<PasswordRule> rules) =>
        $"""
        <div class="rules" id="{RulesId}">
        <p>{frame.Texts.RulesTitle}</p>
        <ul>{rules.Select(frame.Rule)}</ul>
        </div>
        """;

    private static Html Rule(this PageFrame frame, PasswordRule rule)
    {
        var (icon, style, state) = rule.IsMet switch
        {
            true => (Icons.Check, "met passwordCheck-valid-customizable", frame.Texts.RuleMet),
            false => (Icons.Cross, "unmet passwordCheck-notValid-customizable", frame.Texts.RuleUnmet),
            null => (Icons.Dot, null, null),
        };
        var ofRule = FormPieces.Attribute("class", frame.IsClassic ? style : style?.Split(' ')[0]);
        var unseen = state is null ? null : (Html)$"""<span class="unseen"> ({state})</span>""";
        return $"<li{ofRule}>{icon}<span>{frame.Texts.Rule(rule)}{unseen}</span></li>";
    }
}
