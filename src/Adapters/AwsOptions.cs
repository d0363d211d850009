using Lifeguard.Protocol.SigV4;

namespace Lifeguard.Adapters;

/// <summary>Where and as whom one of AWS's services is called.</summary>
public sealed record AwsOptions
{
    /// <summary>Null for AWS itself.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Null for the region that the call itself names.</summary>
    public string? Region { get; init; }

    /// <summary>Null sends unsigned requests, as local emulators take them.</summary>
    public SigV4Credentials? Credentials { get; init; }
}
