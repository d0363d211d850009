using Lifeguard.Protocol.SigV4;

namespace Lifeguard.Domain.Imports;

/// <summary>Which bucket, and as whom.</summary>
/// <param name="Endpoint">Null for AWS itself, in the region.</param>
/// <param name="Encryption">How uploads ask to be encrypted; null for not at all.</param>
public sealed record S3Options(
    string Bucket, string Region, Uri? Endpoint, SigV4Credentials Credentials, string? Encryption);
