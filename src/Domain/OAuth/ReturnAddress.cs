using System.Net;
using System.Text;

namespace Lifeguard.Domain.OAuth;

/// <summary>Where the answer to an authorization request goes: to a callback URL that the client has
/// registered.</summary>
/// <param name="Uri">As registered.</param>
/// <param name="Mode">How it gets there.</param>
/// <param name="State">Comes back with every answer; null for none.</param>
public sealed record ReturnAddress(string Uri, ResponseMode Mode, string? State)
{
    /// <summary>Whose answer it is, for apps that talk to several (RFC 9207); null where it is not
    /// told.</summary>
    public string? Issuer { get; init; }

    /// <summary>The address with the answer in it, in the encoding of forms (RFC 6749 §4.1.2,
    /// §4.2.2).</summary>
    /// <param name="parameters">Those without a value are left out.</param>
    public string With(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var text = new StringBuilder(Uri);
        var separator = Mode == ResponseMode.Fragment ? '#' : Uri.Contains('?') ? '&' : '?';
        foreach (var (name, value) in parameters)
        {
            if (value is null) continue;
            text.Append(separator).Append(name).Append('=').Append(WebUtility.UrlEncode(value));
            separator = '&';
        }

        return text.ToString();
    }

    /// <summary>Never prints the state.</summary>
    public override string ToString() => Uri;
}

/// <summary>How an answer gets to the app (OAuth 2.0 Multiple Response Type Encoding Practices
/// §2.1).</summary>
public enum ResponseMode
{
    /// <summary>In the query of the address.</summary>
    Query,

    /// <summary>In its fragment, which no server sees.</summary>
    Fragment,

    /// <summary>In a form that the browser posts (OAuth 2.0 Form Post Response Mode).</summary>
    FormPost,
}
