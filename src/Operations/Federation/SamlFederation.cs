using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Operations.IdentityProviders;
using Lifeguard.Protocol.Saml;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Federation;

/// <summary>A pool as SAML 2.0 service provider. Addresses that it gives are to be sent as their
/// <see cref="Uri.AbsoluteUri"/>: the signature is over their spelling.</summary>
public sealed class SamlFederation(
    Database database, SpentStore spent, SamlCertificateStore certificates, PoolCertificates newest,
    MetadataRefresh metadata, OutsideTime outside)
{
    /// <summary>Where answers come to, below the domain (doc).</summary>
    public const string AnswerPath = "/saml2/idpresponse";

    /// <summary>Where browsers come back to after a sign-out, below the domain (doc).</summary>
    public const string LogoutPath = "/saml2/logout";

    /// <summary>Where a browser is sent to sign in at the provider.</summary>
    /// <param name="domainAddress">Of the domain that the browser came to, without a slash at its
    /// end.</param>
    /// <param name="relayState">Comes back with the answer, letter for letter.</param>
    /// <param name="requestId">Letters, digits, <c>.</c>, <c>-</c> and <c>_</c>; never the same again. The
    /// answer to it is good with this id alone.</param>
    /// <param name="asksAgain">The provider is to ask who it is even where it knows.</param>
    public async Task<Uri> Begin(
        UserPool pool, IdentityProvider provider, string domainAddress, string relayState, string requestId,
        Call call, bool asksAgain = false)
    {
        provider = await metadata.Current(provider, call);
        var destination = provider.SamlSignInAddress;
        var request = SamlRequest.WhoIsIt(
            NameOf(requestId), outside.Real(call), EntityId(pool), destination, domainAddress + AnswerPath,
            asksAgain);
        using var key = provider.WantsSignedRequests ? await SigningKey(pool, call) : null;
        return RedirectBinding.Address(destination, request, relayState, key);
    }

    /// <summary>What the provider's answer says, believed once and never again.</summary>
    /// <param name="samlResponse">The field <c>SAMLResponse</c> of the form, in base64.</param>
    /// <param name="requestId">As <see cref="Begin"/> was given it; null where nobody asked and the
    /// provider began by itself, which it may with <c>IDPInit</c> alone.</param>
    /// <exception cref="FederationException">With error and description as the app gets them.</exception>
    public async Task<SamlAnswer> Receive(
        UserPool pool, IdentityProvider provider, string domainAddress, string samlResponse,
        string? requestId, Call call)
    {
        if (!provider.IsSaml || (requestId is null && !provider.BeginsSignIns))
            throw SamlRefusals.NoAnswer();
        provider = await metadata.Current(provider, call);
        var expected = Expected(pool, provider, domainAddress + AnswerPath, requestId, call);
        if (provider.Encrypts) expected = expected with { DecryptionKeys = await DecryptionKeys(pool, call) };
        var assertion = Verify(samlResponse, expected, call);
        await Spend(provider, assertion, call);
        var (name, session) = (assertion.Subject, assertion.SessionIndex);
        return new(
            SamlProfile.Of(assertion),
            new(name.Value, name.Format, name.NameQualifier, name.ForQualifier, session));
    }

    /// <summary>Where a browser is sent to sign out at the provider; null where it is not to be, or the
    /// provider has no such place.</summary>
    /// <param name="domainAddress">As for <see cref="Begin"/>, and so are the next two.</param>
    public async Task<Uri?> BeginLogout(
        UserPool pool, IdentityProvider provider, string domainAddress, SamlSession session,
        string relayState, string requestId, Call call)
    {
        if (!provider.IsSaml || !provider.SignsOut) return null;
        provider = await metadata.Current(provider, call);
        if (provider.SamlSignOutAddress is not { } destination) return null;
        var name = new SamlName(session.NameId, session.Format, session.NameQualifier, session.ForQualifier);
        var request = SamlRequest.SignOut(
            NameOf(requestId), outside.Real(call), EntityId(pool), destination, name, session.Index);
        using var key = await SigningKey(pool, call);
        return RedirectBinding.Address(destination, request, relayState, key);
    }

    /// <summary>Has the provider signed the user out? False where it says that it did not, or not
    /// everywhere.</summary>
    /// <exception cref="FederationException">It is not the provider's answer to that request.</exception>
    public async Task<bool> CheckLogout(
        UserPool pool, IdentityProvider provider, string domainAddress, SamlLogoutResponse response,
        string requestId, Call call)
    {
        if (!provider.IsSaml) throw SamlRefusals.NoAnswer();
        provider = await metadata.Current(provider, call);
        var expected = Expected(pool, provider, domainAddress + LogoutPath, requestId, call);
        try
        {
            return Judge(expected, call, expectation => response.Query is { } query
                ? SamlLogout.Redirected(query, expectation)
                : SamlLogout.Posted(response.Form!, expectation));
        }
        catch (SamlException)
        {
            throw SamlRefusals.NoAnswer();
        }
    }

    /// <summary>What the pool says of itself as service provider (saml-metadata-2.0 §2.4.4): an extension,
    /// the service publishes nothing of the kind.</summary>
    public async Task<string> Metadata(UserPool pool, string domainAddress, Call call)
    {
        var signing = await newest.Get(pool.Id, CertificatePurpose.Signing, call);
        var encryption = await newest.Get(pool.Id, CertificatePurpose.Encryption, call);
        return ServiceProviderMetadata.Write(
            EntityId(pool),
            domainAddress + AnswerPath,
            domainAddress + LogoutPath,
            signing.Certificate,
            encryption.Certificate);
    }

    private static string EntityId(UserPool pool) => $"urn:amazon:cognito:sp:{pool.Id}";

    /// <summary>Names in XML begin with no digit.</summary>
    private static string NameOf(string requestId) =>
        requestId.All(one => char.IsAsciiLetterOrDigit(one) || one is '.' or '-' or '_')
            ? "_" + requestId
            : throw new ArgumentException("It is no part of a name in XML.", nameof(requestId));

    private static SamlExpectation Expected(
        UserPool pool, IdentityProvider provider, string address, string? requestId, Call call) => new()
        {
            Issuer = provider.Issuer,
            Certificates = provider.Certificates,
            ServiceProvider = EntityId(pool),
            Address = address,
            RequestId = requestId is null ? null : NameOf(requestId),
            Now = call.Now,
        };

    private async Task<RSA> SigningKey(UserPool pool, Call call)
    {
        var certificate = await newest.Get(pool.Id, CertificatePurpose.Signing, call);
        var key = RSA.Create();
        key.ImportPkcs8PrivateKey(certificate.PrivateKey, out _);
        return key;
    }

    /// <summary>Earlier ones as well: a provider takes up a new certificate when somebody gives it
    /// one.</summary>
    private async Task<IReadOnlyList<byte[]>> DecryptionKeys(UserPool pool, Call call)
    {
        var all = await certificates.All(pool.Id, CertificatePurpose.Encryption, call.Cancelled);
        return [.. all.Select(one => one.PrivateKey)];
    }

    private SamlAssertion Verify(string samlResponse, SamlExpectation expected, Call call)
    {
        try
        {
            return Judge(expected, call, expectation => ByServersClock(
                SamlResponse.Verify(samlResponse, expectation), call.Now - expectation.Now));
        }
        catch (SamlException refusal)
        {
            throw SamlRefusals.Of(refusal);
        }
    }

    /// <summary>Whatever is believed at one of the times that it may be outside is believed.</summary>
    /// <exception cref="SamlException">It is not, and why it was not first.</exception>
    private T Judge<T>(SamlExpectation expected, Call call, Func<SamlExpectation, T> verify)
    {
        SamlException? first = null;
        foreach (var now in outside.Of(call))
        {
            try
            {
                return verify(expected with { Now = now });
            }
            catch (SamlException refusal)
            {
                first ??= refusal;
            }
        }

        throw first!;
    }

    /// <summary>Its id is kept as long as it would be believed, and forgotten by the clock of the
    /// server.</summary>
    private static SamlAssertion ByServersClock(SamlAssertion assertion, TimeSpan ahead) =>
        assertion with { ExpiresAt = assertion.ExpiresAt + ahead };

    /// <summary>Ids are unique at their provider alone, and those of other values have no such
    /// beginning.</summary>
    private async Task Spend(IdentityProvider provider, SamlAssertion assertion, Call call)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{provider.Id}\n{assertion.Id}"));
        var isFirst = await database.Write(
            transaction => spent.TrySpend(
                transaction,
                provider.PoolId,
                $"saml-{Base64Url.EncodeToString(hash)}",
                assertion.ExpiresAt,
                call.Cancelled),
            call.Cancelled);
        if (!isFirst) throw SamlRefusals.Replayed();
    }
}
