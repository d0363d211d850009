using Lifeguard.Contract;
using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Pages.ManagedLogin.Pieces;

/// <summary>Things to choose from: factors, and identity providers.</summary>
internal static class ChoicePieces
{
    /// <summary>A button for each factor, which sends the form.</summary>
    public static Html Factors(this PageFrame frame, IReadOnlyList<FactorChoice> factors) =>
        $"""<div class="stack tight">{factors.Select(frame.Factor)}</div>""";

    /// <summary>A link for each provider, in the order of the theme.</summary>
    public static Html Providers(this PageFrame frame, IReadOnlyList<ProviderButton> providers)
    {
        var order = frame.Theme.Ordered(providers.Select(provider => provider.Name));
        var sorted = order.Select(name => providers.First(provider => provider.Name == name));
        return
            $"""
            <ul class="providers">{sorted.Select(provider => (Html)$"""
                <li>{frame.Provider(provider)}</li>
                """)}</ul>
            """;
    }

    /// <summary>A line between two ways to go on.</summary>
    public static Html Or(this PageFrame frame) => $"""<div class="or"><span>{frame.Texts.Or}</span></div>""";

    private static Html Factor(this PageFrame frame, FactorChoice factor)
    {
        var (name, title) = (factor.Name, frame.Texts.Factor(factor.Name));
        var hint = factor.Destination ?? frame.Texts.FactorHint(name);
        var small = hint is null ? null : (Html)$"<small>{hint}</small>";
        Html words = $"<span><strong>{title}</strong>{small}</span>";
        Html content = $"{IconOf(name)}{words}{Icons.Onward}";
        return
            $"""
            <button type="submit" class="choice" name="{FormFields.Factor}" value="{name}">{content}</button>
            """;
    }

    private static Html Provider(this PageFrame frame, ProviderButton provider)
    {
        var style = frame.IsClassic
            ? ProviderIcons.IsSocial(provider.Type)
                ? "button provider social socialButton-customizable"
                : "button provider idpButton-customizable"
            : "button provider";
        var words = frame.Texts.ContinueWith($"<bdi>{provider.Title}</bdi>");
        return
            $"""
            <a class="{style}" href="{provider.Href}">{frame.IconOf(provider)}<span>{words}</span></a>
            """;
    }

    private static Html? IconOf(this PageFrame frame, ProviderButton provider) => frame.Theme.HasProviderIcons
        ? Pictures.OfProvider(frame, provider.Name) ?? ProviderIcons.Of(provider.Type)
        : null;

    private static Html IconOf(string factor) => factor switch
    {
        ChallengeNameType.EmailOtp => Icons.Email,
        ChallengeNameType.SmsOtp or ChallengeNameType.SmsMfa => Icons.Message,
        ChallengeNameType.SoftwareTokenMfa => Icons.Phone,
        ChallengeNameType.WebAuthn => Icons.Passkey,
        _ => Icons.Lock,
    };
}
