using System.Text;

namespace Lifeguard.Domain.Federation;

/// <summary>Parameters as addresses and forms carry them.</summary>
public static class QueryText
{
    /// <summary>The parameters in their order, without those that are null.</summary>
    public static string Of(params IEnumerable<(string Name, string? Value)> parameters)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in parameters)
        {
            if (value is null) continue;
            if (text.Length > 0) text.Append('&');
            text.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }

    /// <summary>The address with more parameters.</summary>
    public static Uri AddTo(string address, params IEnumerable<(string Name, string? Value)> parameters)
    {
        var query = Of(parameters);
        var separator = address.Contains('?') ? '&' : '?';
        return new(query.Length == 0 ? address : $"{address}{separator}{query}");
    }
}
