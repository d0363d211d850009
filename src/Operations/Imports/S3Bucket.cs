using System.Globalization;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Domain.Imports;
using Lifeguard.Protocol.SigV4;

namespace Lifeguard.Operations.Imports;

/// <summary>A bucket of the operator's that takes the files of users, in S3 or in anything that speaks its
/// API.</summary>
public sealed class S3Bucket(
    S3Settings settings, Deployment deployment, IOutboundHttp http, TimeProvider clock)
{
    private const string Service = "s3";
    private const string EncryptionHeader = "x-amz-server-side-encryption";
    private const string ContentHash = "X-Amz-Content-Sha256";

    /// <summary>Otherwise the database keeps the files.</summary>
    public bool IsUsed => settings.Options is not null;

    private S3Options Options => settings.Options
        ?? throw new FileRefusedException("The bucket of the CSV file is no longer configured.");

    /// <summary>Where clients put the job's file. They have to send the encryption header that the
    /// settings name, as those of the service have to.</summary>
    public string UploadLink(ImportJob job, TimeSpan lifetime)
    {
        // A job of a bucket that is gone is still shown.
        if (settings.Options is not { } options) return "";
        Dictionary<string, string> headers = [];
        if (options.Encryption is { } encryption) headers[EncryptionHeader] = encryption;
        return SigV4Presigner.Presign(
            options.Credentials, (options.Region, Service), "PUT", AddressOf(job), headers, lifetime,
            job.CreatedAt);
    }

    /// <summary>What lies there now; null for nothing.</summary>
    /// <exception cref="HttpRequestException">The bucket did not say.</exception>
    public async Task<S3Object?> Find(ImportJob job, CancellationToken cancellation)
    {
        // The first byte tells the length of all; a HEAD would tell it too, but not within the bounds of
        // answers.
        var answer = await Send("GET", job, [new("Range", "bytes=0-0")], cancellation);
        return answer.Status switch
        {
            206 => new(answer.Headers.GetValueOrDefault("ETag") ?? "", TotalOf(answer)),
            // There is no first byte.
            416 => new("", 0),
            // Without the right to list a bucket, what is missing is forbidden.
            403 or 404 => null,
            var status => throw Unexpected(status),
        };
    }

    /// <summary>A part of the file that <see cref="Find"/> saw; shorter than asked for at its end.</summary>
    /// <exception cref="FileRefusedException">Something else lies there now, or nothing.</exception>
    /// <exception cref="HttpRequestException">The bucket did not answer as it should.</exception>
    public async Task<ReadOnlyMemory<byte>> Read(
        ImportJob job, long offset, int count, CancellationToken cancellation)
    {
        var last = Math.Min(offset + count, job.Size) - 1;
        if (last < offset) return ReadOnlyMemory<byte>.Empty;
        var range = string.Create(CultureInfo.InvariantCulture, $"bytes={offset}-{last}");
        var answer = await Send(
            "GET", job, [new("Range", range), new("If-Match", job.Source ?? "")], cancellation);
        return answer.Status switch
        {
            206 when answer.Body.Length == last - offset + 1 => answer.Body,
            404 or 412 or 416 => throw new FileRefusedException(ImportWords.FileChanged),
            var status => throw Unexpected(status),
        };
    }

    /// <summary>Removes the file.</summary>
    /// <exception cref="HttpRequestException">The bucket did not answer as it should.</exception>
    public async Task Remove(ImportJob job, CancellationToken cancellation)
    {
        var answer = await Send("DELETE", job, [], cancellation);
        if (answer.Status is not (200 or 204 or 404)) throw Unexpected(answer.Status);
    }

    private Task<OutboundAnswer> Send(
        string method,
        ImportJob job,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        CancellationToken cancellation)
    {
        var address = AddressOf(job);
        Dictionary<string, string> signed = new(headers) { [ContentHash] = Signature.Hash([]) };
        var signature = SigV4Signer.Sign(
            Options.Credentials, Options.Region, Service, method, address, signed, [], clock.GetUtcNow());
        return http.Send(
            new(new(method), address, [.. signed, .. signature], default, OutboundTrust.Operator),
            cancellation);
    }

    private Uri AddressOf(ImportJob job)
    {
        var key = $"{deployment.AccountId}/{job.PoolId}/{job.Id}";
        return Options.Endpoint is { } endpoint
            ? new($"{endpoint.AbsoluteUri.TrimEnd('/')}/{Options.Bucket}/{key}")
            : new($"https://{Options.Bucket}.s3.{Options.Region}.amazonaws.com/{key}");
    }

    /// <summary>The number behind the slash: <c>bytes 0-0/4711</c>.</summary>
    private static long TotalOf(OutboundAnswer answer)
    {
        var range = answer.Headers.GetValueOrDefault("Content-Range") ?? "";
        var total = range.AsSpan(range.LastIndexOf('/') + 1);
        return long.TryParse(total, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw new HttpRequestException("The bucket does not tell how long the file is.");
    }

    private static HttpRequestException Unexpected(int status) =>
        new($"The bucket answered with status {status}.");
}

/// <summary>A bucket, if one is used.</summary>
public sealed record S3Settings(S3Options? Options);

/// <summary>What lies in a bucket.</summary>
/// <param name="Tag">Changes with the content.</param>
/// <param name="Size">In bytes.</param>
public sealed record S3Object(string Tag, long Size);
