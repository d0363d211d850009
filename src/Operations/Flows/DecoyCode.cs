using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Pretends to send a code for a name that nobody has: same limits, same rows, same answer, so that neither
/// the answer nor what a later confirmation says tells the difference.
/// </summary>
public sealed class DecoyCode(
    Database database, UserStore users, CodeStore codes, HourlyLimits limits, Sealer sealer,
    RandomSource random)
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    /// <summary>The simulated delivery.</summary>
    /// <exception cref="ApiException">LimitExceededException, as for a known user.</exception>
    public async Task<CodeDeliveryDetailsType> Send(
        UserPool pool, string standIn, string name, CodeKind kind, AttemptKind attempt, Call call)
    {
        var destination = Destination(pool, name, kind);
        var code = Unguessable(pool, standIn, kind, destination, call);
        await limits.MustBeWithin(pool.Id, standIn, attempt, call);
        await database.Write(
            async transaction =>
            {
                // There is no row to hold, but a known user's is.
                await users.Hold(transaction, pool.Id, standIn, call.Cancelled);
                await limits.Count(transaction, pool.Id, standIn, attempt, call);
                await codes.Replace(transaction, code, call.Cancelled);
            },
            call.Cancelled);
        return destination.Details;
    }

    /// <summary>A code to guess at, as there is one for everybody who waits to be confirmed or for a new
    /// password; no digits are right.</summary>
    public ConfirmationCode Make(UserPool pool, string standIn, string name, CodeKind kind, Call call) =>
        Unguessable(pool, standIn, kind, Destination(pool, name, kind), call);

    /// <summary>No digits hash to random bytes.</summary>
    private ConfirmationCode Unguessable(
        UserPool pool, string standIn, CodeKind kind, CodeDestination destination, Call call) => new(
        pool.Id, standIn, kind, random.Bytes(48), destination.Attribute, destination.Value,
        call.Now, call.Now + IssueCode.LifetimeOf(kind));

    /// <summary>The name itself where it is an address or number; otherwise a made-up one that stays the same
    /// for the name and kind, on the medium the pool would use.</summary>
    private CodeDestination Destination(UserPool pool, string name, CodeKind kind)
    {
        if (AttributeValue.IsEmail(name)) return new(AttributeNames.Email, name);
        if (AttributeValue.IsPhoneNumber(name)) return new(AttributeNames.PhoneNumber, name);
        // For a known user one kind of code is real and the other simulated: two destinations. So here.
        var bytes = sealer.Pseudonym("decoy-destination", pool, $"{kind}/{pool.Fold(name)}");
        return UsesPhoneNumbers(pool)
            ? new(
                AttributeNames.PhoneNumber,
                $"+1000000{bytes[0] % 10}{bytes[1] % 10}{bytes[2] % 10}{bytes[3] % 10}")
            : new(AttributeNames.Email, $"{Letters[bytes[0] % 26]}@{Letters[bytes[1] % 26]}");
    }

    private static bool UsesPhoneNumbers(UserPool pool)
    {
        var first = pool.Settings.AccountRecoverySetting?.RecoveryMechanisms?
            .MinBy(mechanism => mechanism.Priority);
        if (first is not null) return first.Name == "verified_phone_number";
        return pool.AutoVerifies(AttributeNames.PhoneNumber) && !pool.AutoVerifies(AttributeNames.Email);
    }
}
