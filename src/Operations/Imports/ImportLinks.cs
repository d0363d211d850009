using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Imports;
using Lifeguard.Protocol.SigV4;

namespace Lifeguard.Operations.Imports;

/// <summary>
/// The addresses to which files of users are uploaded: presigned as the service's are, so that no credentials
/// are needed, by a key of the deployment that belongs to nobody.
/// </summary>
public sealed class ImportLinks(Sealer sealer, Deployment deployment, UploadAddress own, S3Bucket bucket)
{
    /// <summary>The first part of the path; account, pool and job follow.</summary>
    public const string Root = "_import";

    private const string Service = "s3";
    private const string Method = "PUT";
    private const string AccessKeyId = "lifeguard";

    /// <summary>As the service's (doc).</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(899);

    private static readonly Dictionary<string, string> NoHeaders = [];

    /// <summary>Where the job's file goes; null where it is not uploaded at all.</summary>
    public string? Of(ImportJob job) => job.Place switch
    {
        ImportPlace.Database => SigV4Presigner.Presign(
            CredentialsFor(job.PoolId, job.Id), ScopeOf(job.PoolId), Method, AddressFor(job.PoolId, job.Id),
            NoHeaders, Lifetime, job.CreatedAt),
        ImportPlace.S3 => bucket.UploadLink(job, Lifetime),
        _ => null,
    };

    /// <summary>Is this request to such an address, and still in time?</summary>
    public LinkVerdict Judge(UploadTarget target, string query, DateTimeOffset now)
    {
        // What is signed is the own address, whatever name the request came by.
        var request = new SigV4Request(
            Method, "/", query, static name => name == "host" ? "" : null, ReadOnlyMemory<byte>.Empty);
        if (!SigV4Verifier.TryRead(request, out var claim, out _)) return LinkVerdict.Missing;
        if (!target.IsWellFormed || target.Account != deployment.AccountId) return LinkVerdict.Mismatch;
        var isSigned = SigV4Presigner.IsSigned(
            claim, CredentialsFor(target.PoolId, target.JobId), ScopeOf(target.PoolId), Method,
            AddressFor(target.PoolId, target.JobId), NoHeaders);
        if (!isSigned) return LinkVerdict.Mismatch;
        return now <= claim.SignedAt + claim.Lifetime ? LinkVerdict.Good : LinkVerdict.Expired;
    }

    private SigV4Credentials CredentialsFor(string poolId, string jobId) =>
        new(AccessKeyId, Convert.ToHexStringLower(sealer.SigningKey("import-upload", poolId, jobId)));

    private Uri AddressFor(string poolId, string jobId) =>
        new($"{own.Value}/{Root}/{deployment.AccountId}/{poolId}/{jobId}");

    private static (string Region, string Service) ScopeOf(string poolId) =>
        (UserPool.RegionOf(poolId), Service);
}

/// <summary>The own address, without a slash at the end.</summary>
public sealed record UploadAddress(string Value);

/// <summary>What an upload says it is for, by its path.</summary>
public sealed record UploadTarget(string Account, string PoolId, string JobId)
{
    /// <summary>Could there be such a pool and job?</summary>
    public bool IsWellFormed =>
        Rules.UserPoolIdType.Accepts(PoolId) && Rules.UserImportJobIdType.Accepts(JobId);
}

/// <summary>What a presigned address is worth.</summary>
public enum LinkVerdict
{
    Good,

    /// <summary>It carries no signature, or only a part of one.</summary>
    Missing,

    /// <summary>The signature is not of this deployment for this address.</summary>
    Mismatch,

    Expired,
}
