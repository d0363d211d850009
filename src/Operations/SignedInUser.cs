using Lifeguard.Domain;

namespace Lifeguard.Operations;

/// <summary>The holder of a valid access token.</summary>
/// <param name="Client">The app client the token was issued to.</param>
/// <param name="OriginJti">Common to all tokens of one sign-in;
/// null where the client does not revoke tokens.</param>
public sealed record SignedInUser(UserPool Pool, AppClient Client, User User, string? OriginJti)
{
    /// <summary>The device that the sign-in was on; null where the pool tracked none.</summary>
    public string? DeviceKey { get; init; }
}
