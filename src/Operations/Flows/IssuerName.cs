using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// The issuer of a pool's tokens: <paramref name="issuerBase"/>, a slash, the
/// pool id. The base is the deployment's own address, or the genuine service's
/// for clients that hard-code it; <c>{region}</c> in it is filled in.
/// </summary>
public sealed class IssuerName(string issuerBase)
{
    public string Of(UserPool pool) =>
        issuerBase.Replace("{region}", pool.Region).TrimEnd('/') + "/" + pool.Id;
}
