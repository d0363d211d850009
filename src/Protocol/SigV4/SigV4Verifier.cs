using System.Diagnostics.CodeAnalysis;

namespace Lifeguard.Protocol.SigV4;

/// <summary>
/// Checks Signature Version 4 in two steps, between which the caller looks up the secret of the access key
/// id: reading what the request claims, then verifying it.
/// </summary>
public static class SigV4Verifier
{
    // What decides who is calling, or what the call does, must not be open to change after signing.
    private static readonly string[] SignedIfPresent = ["x-amz-target", "x-amz-security-token"];

    /// <summary>
    /// Reads the Authorization header or the presigned query. False with the reason when there is neither,
    /// both, or a malformed one, or when the signature leaves out the host, the instant, X-Amz-Target or the
    /// session token.
    /// </summary>
    public static bool TryRead(
        SigV4Request request,
        [NotNullWhen(true)] out SigV4Claim? claim,
        [NotNullWhen(false)] out SigV4Failure? failure)
    {
        var authorization = request.Header("authorization");
        if (PresignedQuery.IsPresent(request.Query))
            failure = ReadQuery(request, authorization, out claim);
        else if (string.IsNullOrWhiteSpace(authorization))
            (failure, claim) = (SigV4Failure.Missing, null);
        else
            failure = ReadHeader(request, authorization, out claim);
        return claim is not null;
    }

    /// <summary>
    /// Verifies a claim; null when it holds. The body's hash is computed here; a signed X-Amz-Content-Sha256
    /// must equal it. The signer's clock may be off by five minutes either way.
    /// </summary>
    /// <param name="request">The request the claim was read from.</param>
    /// <param name="claim">What <see cref="TryRead"/> gave.</param>
    /// <param name="secretAccessKey">The secret of the claim's access key id.</param>
    /// <param name="region">The region of this endpoint.</param>
    /// <param name="service">The service name of this endpoint, e.g. <c>cognito-idp</c>.</param>
    /// <param name="now">The server's clock.</param>
    public static SigV4Failure? Verify(
        SigV4Request request,
        SigV4Claim claim,
        string secretAccessKey,
        string region,
        string service,
        DateTimeOffset now)
    {
        if (ScopeFailure(claim, region, service) is { } wrongScope)
            return wrongScope;
        if (TimeFailure(claim, now) is { } wrongTime)
            return wrongTime;

        var bodyHash = Signature.Hash(request.Body.Span);
        if (claim.SignedHeaders.Contains("x-amz-content-sha256")
            && request.Header("x-amz-content-sha256") != bodyHash)
            return SigV4Failure.Mismatch;
        if (!TryCanonicalize(request, claim, bodyHash, out var canonical))
            return SigV4Failure.Mismatch;
        var key = Signature.SigningKey(secretAccessKey, claim.Scope);
        var expected = Signature.Compute(
            key, Signature.StringToSign(claim.SignedAt, claim.Scope, canonical));
        return Signature.IsSame(claim.Signature, expected) ? null : SigV4Failure.Mismatch;
    }

    private static bool TryCanonicalize(
        SigV4Request request, SigV4Claim claim, string bodyHash, [NotNullWhen(true)] out string? canonical) =>
        CanonicalRequest.TryBuild(
            request.Method,
            request.Path,
            request.Query,
            claim.SignedHeaders,
            request.Header,
            bodyHash,
            out canonical);

    private static SigV4Failure? ReadHeader(SigV4Request request, string authorization, out SigV4Claim? claim)
    {
        claim = null;
        if (!AuthorizationHeader.TryParse(authorization, out var header, out var problems))
            return SigV4Failure.Incomplete(problems, authorization);
        var found = new List<string>();
        var signedAt = SignedAt(request, header.SignedHeaders, found);
        found.AddRange(Uncovered(request, header.SignedHeaders));
        if (found.Count > 0)
            return SigV4Failure.Incomplete(found, authorization);
        claim = new(
            header.AccessKeyId,
            header.Scope,
            header.SignedHeaders,
            header.Signature,
            signedAt,
            Lifetime: null,
            request.Header("x-amz-security-token"));
        return null;
    }

    private static SigV4Failure? ReadQuery(SigV4Request request, string? authorization, out SigV4Claim? claim)
    {
        claim = null;
        if (!PresignedQuery.TryParse(request.Query, out var presigned, out var problems))
            return SigV4Failure.IncompleteQuery(problems);
        var found = Uncovered(request, presigned.SignedHeaders);
        if (!string.IsNullOrWhiteSpace(authorization))
            found.Add("A request must be signed by header or by query string, not by both.");
        if (found.Count > 0)
            return SigV4Failure.IncompleteQuery(found);
        claim = presigned;
        return null;
    }

    private static DateTimeOffset SignedAt(
        SigV4Request request, IReadOnlyList<string> signedHeaders, List<string> problems)
    {
        var amzDate = request.Header("x-amz-date");
        var date = amzDate ?? request.Header("date");
        var isRead = amzDate is null
            ? AmzDate.TryParseHttp(date, out var signedAt)
            : AmzDate.TryParse(amzDate, out signedAt);
        if (date is null)
            problems.Add(
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
        else if (!isRead)
            problems.Add("Date must be in ISO-8601 'basic format'.");
        else if (!signedHeaders.Contains(amzDate is null ? "date" : "x-amz-date"))
            problems.Add("'X-Amz-Date' or 'Date' must be a 'SignedHeader' in the AWS Authorization.");
        return signedAt;
    }

    private static List<string> Uncovered(SigV4Request request, IReadOnlyList<string> signedHeaders)
    {
        var problems = new List<string>();
        if (!signedHeaders.Contains("host"))
            problems.Add("'Host' must be a 'SignedHeader' in the AWS Authorization.");
        foreach (var name in SignedIfPresent)
        {
            if (request.Header(name) is not null && !signedHeaders.Contains(name))
                problems.Add($"'{name}' must be a 'SignedHeader' in the AWS Authorization.");
        }
        return problems;
    }

    private static SigV4Failure? ScopeFailure(SigV4Claim claim, string region, string service)
    {
        if (claim.Scope.Region != region)
            return SigV4Failure.WrongRegion(claim.Scope);
        if (claim.Scope.Service != service)
            return SigV4Failure.WrongService(service);
        return claim.Scope.Date == AmzDate.Format(claim.SignedAt)[..8]
            ? null
            : SigV4Failure.WrongDate(claim.Scope, claim.SignedAt);
    }

    private static SigV4Failure? TimeFailure(SigV4Claim claim, DateTimeOffset now)
    {
        // A client's instant has whole seconds; so has the server's, or the bound would move within a second.
        var second = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        if (claim.SignedAt - second > SigV4Failure.Skew)
            return SigV4Failure.NotYetCurrent(claim.SignedAt, second);
        var age = second - claim.SignedAt;
        if (age <= (claim.Lifetime ?? SigV4Failure.Skew))
            return null;
        return claim.Lifetime is { } lifetime
            ? SigV4Failure.PresignedExpired(claim.SignedAt + lifetime, second)
            : SigV4Failure.Expired(claim.SignedAt, second);
    }
}
