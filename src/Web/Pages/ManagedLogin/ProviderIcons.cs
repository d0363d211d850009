using System.Text;
using Lifeguard.Contract;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>The marks of identity providers, as these ask to be shown on their buttons.</summary>
internal static class ProviderIcons
{
    private static readonly Dictionary<string, Html> Marks = new()
    {
        [IdentityProviderTypeType.Google] = Read("google"),
        [IdentityProviderTypeType.Facebook] = Read("facebook"),
        [IdentityProviderTypeType.SignInWithApple] = Read("apple"),
        [IdentityProviderTypeType.LoginWithAmazon] = Read("amazon"),
    };

    /// <summary>That of a type, such as <c>Google</c>; a house for those that anybody may be.</summary>
    public static Html Of(string type) => Marks.GetValueOrDefault(type) ?? Icons.Building;

    /// <summary>Is it one of those with a mark of their own?</summary>
    public static bool IsSocial(string type) => Marks.ContainsKey(type);

    private static Html Read(string name)
    {
        var mark = Html.Empty;
        mark.AppendLiteral(Encoding.UTF8.GetString(EmbeddedFile.Read($"Marks/{name}.svg").Span));
        return mark;
    }
}
