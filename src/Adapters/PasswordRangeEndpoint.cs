using System.Text;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters;

/// <summary>Passwords in circulation at an HTTP endpoint: the range API of Have I Been Pwned, or one like
/// it.</summary>
/// <param name="address">Without the prefix, which becomes the last part of the path.</param>
public sealed class PasswordRangeEndpoint(IOutboundHttp http, Uri address) : IPasswordRanges
{
    // Answers are padded so that their length does not tell which range was asked for. The endpoint turns
    // clients away that do not say who they are.
    private static readonly KeyValuePair<string, string>[] Headers =
        [new("Add-Padding", "true"), new("User-Agent", "Lifeguard")];

    /// <inheritdoc/>
    public bool AreKept => true;

    /// <inheritdoc/>
    public async Task<string> Read(string prefix, CancellationToken cancellation)
    {
        var request = new OutboundRequest(
            HttpMethod.Get, AddressOf(prefix), Headers, ReadOnlyMemory<byte>.Empty, OutboundTrust.Operator);
        var answer = await http.Send(request, cancellation);
        return answer.Status switch
        {
            200 => Encoding.UTF8.GetString(answer.Body.Span),
            // Endpoints without padding may have nothing to say.
            404 => "",
            _ => throw new HttpRequestException($"The endpoint answered with status {answer.Status}."),
        };
    }

    private Uri AddressOf(string prefix)
    {
        var whole = new UriBuilder(address);
        whole.Path = $"{whole.Path.TrimEnd('/')}/{prefix}";
        return whole.Uri;
    }
}
