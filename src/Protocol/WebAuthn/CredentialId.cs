namespace Lifeguard.Protocol.WebAuthn;

/// <summary>What WebAuthn §4 says of the ids of credentials.</summary>
internal static class CredentialId
{
    public const int MaxLength = 1023;
}
