using Lifeguard.Contract;
using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// The issuer of a pool's tokens: <paramref name="issuerBase"/>, a slash, the
/// pool id. The base is the deployment's own address, or the genuine service's
/// for clients that hard-code it; <c>{region}</c> in it is filled in, with the pool's own region in replicas
/// too (observed: 2026-07).
/// </summary>
public sealed class IssuerName(string issuerBase)
{
    private const string Original = "://cognito-idp.";
    private const string Updated = "://issuer-cognito-idp.";

    /// <summary>The name, in the form that the pool's IssuerConfiguration chooses. The two forms differ in
    /// the service's host name (doc); a base of another kind has one form for both.</summary>
    public string Of(UserPool pool) =>
        pool.Settings.IssuerConfiguration?.Type == IssuerType.Updated ? UpdatedOf(pool) : OriginalOf(pool);

    /// <summary>Has the pool been called <paramref name="issuer"/> in tokens, now or before its form was
    /// changed? Its keys say whether a token is its own.</summary>
    public bool IsOf(UserPool pool, string issuer) =>
        issuer == OriginalOf(pool) || issuer == UpdatedOf(pool);

    private string OriginalOf(UserPool pool) =>
        issuerBase.Replace("{region}", pool.Region).TrimEnd('/') + "/" + pool.Id;

    private string UpdatedOf(UserPool pool) => OriginalOf(pool).Replace(Original, Updated);
}
