namespace Lifeguard.Domain.Federation;

/// <summary>What a SAML provider is configured with.</summary>
public static class SamlDetails
{
    private static readonly string[] Switches =
        [DetailNames.SignsOut, DetailNames.BeginsSignIns, DetailNames.EncryptedResponses];

    /// <summary>Refuses what is incomplete or cannot be.</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static void Check(SortedDictionary<string, string> given)
    {
        switch (given.ContainsKey(DetailNames.MetadataUrl), given.ContainsKey(DetailNames.MetadataFile))
        {
            case (false, false):
                throw FederationRefusals.NoMetadata();
            case (true, true):
                throw FederationRefusals.TwoMetadata();
        }

        foreach (var name in Switches)
        {
            if (given.TryGetValue(name, out var value) && value is not ("true" or "false"))
                throw FederationRefusals.NoSwitch(name);
        }

        if (given.GetValueOrDefault(DetailNames.RequestSigning) is not (null or "rsa-sha256"))
            throw FederationRefusals.RequestSigning();
    }

    /// <summary>Where the metadata is to be had; null where it is given.</summary>
    /// <exception cref="ApiException">InvalidParameterException: it is no secure address. What is read there
    /// says whom the pool believes.</exception>
    public static Uri? MetadataAddress(SortedDictionary<string, string> given, ProviderPlaces places)
    {
        if (given.GetValueOrDefault(DetailNames.MetadataUrl) is not { } text) return null;
        return places.Allow(text) ? new(text) : throw FederationRefusals.MetadataAddress();
    }

    /// <summary>The metadata where it is given.</summary>
    public static string? MetadataFile(SortedDictionary<string, string> given) =>
        given.GetValueOrDefault(DetailNames.MetadataFile);

    /// <summary>The complete details.</summary>
    public static ProviderDetails Complete(SortedDictionary<string, string> given, SamlMetadata metadata)
    {
        given.Remove(DetailNames.SignOutAddress);
        // The pool's own, and another one next year; it is shown, and not kept.
        given.Remove(DetailNames.ActiveEncryptionCertificate);
        given[DetailNames.SignInAddress] = metadata.SignInAddress;
        if (metadata.SignOutAddress is { } signOut) given[DetailNames.SignOutAddress] = signOut;
        return new(given, metadata.EntityId, metadata.Certificates) { ValidUntil = metadata.ValidUntil };
    }
}
