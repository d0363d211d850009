namespace Lifeguard.Domain.Passkeys;

/// <summary>Names for passkeys, made from where they are kept. Whoever keeps them says so unchecked; it is
/// good enough for a name.</summary>
public static class PasskeyNames
{
    private const string Other = "Passkey";

    /// <summary>Observed.</summary>
    private const string Roaming = "Roaming passkey";

    // The list of providers that the passkey developer community keeps.
    private static readonly Dictionary<Guid, string> Providers = new()
    {
        [new("fbfc3007-154e-4ecc-8c0b-6e020557d7bd")] = "iCloud Keychain",
        [new("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4")] = "Google Password Manager",
        [new("adce0002-35bc-c60a-648b-0b25f1f05503")] = "Chrome on Mac",
        [new("08987058-cadc-4b81-b6e1-30de50dcbe96")] = "Windows Hello",
        [new("9ddd1817-af5a-4672-a2b9-3e3dd95000a9")] = "Windows Hello",
        [new("6028b017-b1d4-4c02-b4b3-afcdafc96bb2")] = "Windows Hello",
        [new("bada5566-a7aa-401f-bd96-45619a55120d")] = "1Password",
        [new("d548826e-79b4-db40-a3d8-11116f7e8349")] = "Bitwarden",
        [new("531126d6-e717-415c-9320-3d9aa6981239")] = "Dashlane",
        [new("53414d53-554e-4700-0000-000000000000")] = "Samsung Pass",
        [new("50726f74-6f6e-5061-7373-50726f746f6e")] = "Proton Pass",
        [new("fdb141b2-5d84-443e-8a35-4698c205a502")] = "KeePassXC",
    };

    /// <param name="attachment"><c>platform</c> or <c>cross-platform</c>; null for unknown.</param>
    public static string Of(Guid aaguid, string? attachment) =>
        Providers.TryGetValue(aaguid, out var provider) ? provider
        : attachment == "cross-platform" ? Roaming
        : Other;
}
