using System.Text;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Domain.Federation;

namespace Lifeguard.Operations.IdentityProviders;

/// <summary>Makes the details of a provider complete, by asking the provider where it has to. Never inside a
/// transaction: the answer may take seconds.</summary>
public sealed class CompleteDetails(IOutboundHttp http, ProviderPlaces places)
{
    /// <exception cref="ApiException">InvalidParameterException: the details are incomplete or cannot be, or
    /// the provider does not say what they leave open.</exception>
    public async Task<ProviderDetails> Of(
        string type, IReadOnlyDictionary<string, string> details, Call call)
    {
        var given = ProviderDetails.Given(details);
        switch (type)
        {
            case IdentityProviderTypeType.Saml:
                SamlDetails.Check(given);
                return SamlDetails.Complete(given, SamlMetadata.Parse(await Metadata(given, call), call.Now));
            case IdentityProviderTypeType.Oidc:
                OidcDetails.Check(given, places);
                return OidcDetails.Complete(given, await Discovered(given, call), places);
            default:
                return ProviderDetails.OfSocial(type, given);
        }
    }

    private async Task<string> Metadata(SortedDictionary<string, string> given, Call call)
    {
        if (SamlDetails.MetadataAddress(given, places) is not { } address)
            return SamlDetails.MetadataFile(given)!;
        var body = await Read(address, "application/samlmetadata+xml, application/xml, text/xml", call)
            ?? throw FederationRefusals.MetadataNotRead();
        using var reader = new StreamReader(
            new MemoryStream(body.ToArray()), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return await reader.ReadToEndAsync(call.Cancelled);
    }

    /// <summary>The discovery document; null where all is given.</summary>
    private async Task<ReadOnlyMemory<byte>?> Discovered(SortedDictionary<string, string> given, Call call)
    {
        if (OidcDetails.Discovery(given) is not { } address) return null;
        // Whoever gives what is required can do without.
        return await Read(address, "application/json", call);
    }

    /// <summary>What is read there; null for anything but a whole good answer. What went wrong is not told:
    /// it would show who listens where.</summary>
    private async Task<ReadOnlyMemory<byte>?> Read(Uri address, string accepted, Call call)
    {
        try
        {
            var answer = await http.Send(
                new(
                    HttpMethod.Get,
                    address,
                    [KeyValuePair.Create("Accept", accepted)],
                    ReadOnlyMemory<byte>.Empty,
                    places.TrustOf(address)),
                call.Cancelled);
            // With "? :" no body would become an empty one.
            if (answer.Status == 200) return answer.Body;
            return null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
