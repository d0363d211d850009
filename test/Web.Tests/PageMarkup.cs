using System.Text;

namespace Lifeguard.Web.Tests;

/// <summary>What of a page is mark-up.</summary>
internal static class PageMarkup
{
    /// <summary>The page without texts between tags and without quoted values.</summary>
    public static string Of(string page)
    {
        var inValue = false;
        var inTag = false;
        var kept = new StringBuilder();
        foreach (var c in page)
        {
            if (c == '<') inTag = true;
            if (inTag && (!inValue || c == '"')) kept.Append(c);
            if (inTag && c == '"') inValue = !inValue;
            if (c == '>' && !inValue) inTag = false;
        }

        return kept.ToString();
    }
}
