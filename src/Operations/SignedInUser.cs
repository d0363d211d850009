using Lifeguard.Domain;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Operations;

/// <summary>The holder of a valid access token.</summary>
/// <param name="Client">The app client the token was issued to.</param>
/// <param name="Origin">Common to all tokens of the sign-in.</param>
public sealed record SignedInUser(UserPool Pool, AppClient Client, User User, TokenOrigin Origin)
{
    /// <summary>What the token is good for.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The device that the sign-in was on; null where the pool tracked none.</summary>
    public string? DeviceKey => Origin.DeviceKey;
}
