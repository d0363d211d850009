using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Pages.ManagedLogin.Pieces;

/// <summary>The name with which somebody signs in.</summary>
internal static class NameField
{
    private const int LongestName = 128;

    public static Field Of(PageTexts texts, SignInNames names, string value, string? error) =>
        new(FormFields.Username, texts.NameOf(names))
        {
            Type = names switch
            {
                SignInNames.Email => "email",
                SignInNames.PhoneNumber => "tel",
                _ => "text",
            },
            Hint = names == SignInNames.PhoneNumber ? texts.PhoneNumberHint : null,
            Autocomplete = "username",
            MaxLength = LongestName,
            Value = value,
            Error = error,
        };
}
