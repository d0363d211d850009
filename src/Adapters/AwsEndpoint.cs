using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Protocol.SigV4;

namespace Lifeguard.Adapters;

/// <summary>Signed calls to one of AWS's services, or to anything that speaks its API elsewhere.</summary>
/// <param name="title">The service in reasons that administrators read.</param>
/// <param name="host">Its first label, such as <c>kms</c>.</param>
/// <param name="signingName">Its name in signatures.</param>
internal sealed class AwsEndpoint(
    string title, string host, string signingName, AwsOptions options, IOutboundHttp http, TimeProvider clock)
{
    private const int MaxErrorName = 64;

    private readonly DeliveryHttp exchange = new(title, http, clock);

    /// <summary>Posts and reads the whole answer, whatever its status.</summary>
    /// <param name="region">Whose service; the settings' own wins.</param>
    /// <param name="headers">Signed along; the content type among them.</param>
    /// <exception cref="DeliveryException">There was no answer.</exception>
    public async Task<OutboundAnswer> Post(
        string region, string path, IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body,
        CancellationToken cancellation)
    {
        var place = options.Region ?? region;
        if (!RegionName.IsValid(place))
            throw new DeliveryException($"{title} has no region of that name.", permanent: true);
        var address = AddressOf(place, path);
        var signature = options.Credentials is { } credentials
            ? SigV4Signer.Sign(
                credentials, place, signingName, "POST", address, headers, body.Span, clock.GetUtcNow())
            : new Dictionary<string, string>();
        var request = new OutboundRequest(
            HttpMethod.Post, address, [.. headers, .. signature], body, OutboundTrust.Operator);
        return await exchange.Send(request, cancellation);
    }

    /// <summary>The name of a JSON error, from the header or the body, without the namespace and address that
    /// may surround it; the status where there is none. What the service says besides may repeat an address,
    /// so nobody gets to read it.</summary>
    public static string ErrorOf(OutboundAnswer answer)
    {
        var type = answer.Headers.GetValueOrDefault("x-amzn-ErrorType") ?? TypeIn(answer.Body) ?? "";
        var name = type[(type.LastIndexOf('#') + 1)..].Split(':')[0];
        return IsName(name) ? name : $"status {answer.Status}";
    }

    /// <summary>A word that can stand in a reason.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= MaxErrorName && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '.');

    private Uri AddressOf(string region, string path)
    {
        if (options.Endpoint is { } endpoint) return new(endpoint.AbsoluteUri.TrimEnd('/') + path);
        var suffix = region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "";
        return new($"https://{host}.{region}.amazonaws.com{suffix}{path}");
    }

    private static string? TypeIn(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new() { MaxDepth = 32 });
            return document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty("__type", out var type)
                && type.ValueKind is JsonValueKind.String
                    ? type.GetString()
                    : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
