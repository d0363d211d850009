using System.Text;

namespace Lifeguard.Adapters;

/// <summary>Bodies of <c>application/x-www-form-urlencoded</c>.</summary>
internal static class FormBody
{
    public const string ContentType = "application/x-www-form-urlencoded";

    public static byte[] Of(IEnumerable<(string Name, string Value)> fields) => Encoding.ASCII.GetBytes(
        string.Join('&', fields.Select(
            field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}")));
}
