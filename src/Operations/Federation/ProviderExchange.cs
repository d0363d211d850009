using Lifeguard.Domain.Effects;
using Lifeguard.Domain.Federation;

namespace Lifeguard.Operations.Federation;

/// <summary>Exchanges with identity providers: ten seconds for each, and no answer of more than a MiB. Never
/// inside a transaction.</summary>
public sealed class ProviderExchange(IOutboundHttp http, ProviderPlaces places, TimeProvider clock)
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Sends and reads the whole answer, whatever its status.</summary>
    /// <param name="ifSlow">What to say where no answer comes in time.</param>
    /// <exception cref="FederationException">There was no answer, or it was too long.</exception>
    public async Task<OutboundAnswer> Send(
        OAuthProvider provider, ProviderRequest request, FederationException ifSlow, Call call)
    {
        // What was trusted when the provider was configured may not be any more.
        if (!places.Allow(request.Address)) throw ProviderErrors.Reset();
        var (address, trust) = places.Find(provider.Type, request.Address);
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(call.Cancelled, limit.Token);
        try
        {
            var sent = new OutboundRequest(request.Method, address, request.Headers, request.Body, trust);
            // WaitAsync also ends an exchange that ignores cancellation.
            var answer = await http.Send(sent, either.Token).WaitAsync(either.Token);
            return answer.Body.Length <= ForeignJson.MaxBytes ? answer : throw ProviderErrors.Reset();
        }
        catch (OperationCanceledException) when (!call.Cancelled.IsCancellationRequested)
        {
            throw ifSlow;
        }
        catch (HttpRequestException failure)
        {
            // What went wrong is not told: it would show who listens where.
            throw failure.InnerException is TimeoutException ? ifSlow : ProviderErrors.Reset();
        }
    }
}

/// <summary>A request to an endpoint of a provider.</summary>
/// <param name="Address">As the details have it.</param>
public sealed record ProviderRequest(
    HttpMethod Method,
    string Address,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    ReadOnlyMemory<byte> Body)
{
    private static readonly KeyValuePair<string, string> TakesJson = new("Accept", "application/json");
    private static readonly KeyValuePair<string, string> IsForm =
        new("Content-Type", "application/x-www-form-urlencoded");

    /// <summary>A request without a body.</summary>
    public static ProviderRequest Plain(
        HttpMethod method, string address, params IEnumerable<KeyValuePair<string, string>> headers) =>
        new(method, address, [TakesJson, .. headers], ReadOnlyMemory<byte>.Empty);

    /// <summary>A form.</summary>
    public static ProviderRequest Form(string address, ReadOnlyMemory<byte> form) =>
        new(HttpMethod.Post, address, [TakesJson, IsForm], form);

    /// <summary>Never prints its members: they hold secrets.</summary>
    public override string ToString() => nameof(ProviderRequest);
}
