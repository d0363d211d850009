using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>A user shows the code that went to an e-mail address or phone number: exactly that one is
/// verified, and where it waited to replace another, it does so now.</summary>
public sealed class ProveContact(UserStore users, RedeemCode codes)
{
    /// <param name="attribute"><c>email</c> or <c>phone_number</c>.</param>
    /// <exception cref="ApiException">As VerifyUserAttribute declares them.</exception>
    public async Task Prove(UserPool pool, User user, string attribute, string digits, Call call)
    {
        var kind = ConfirmationCode.KindFor(attribute);
        var code = await codes.Judge(pool.Id, user.Sub, kind, digits, call);
        var verified = user.WithProved(code.Attribute, code.Value, call.Now) ?? throw Reject.CodeExpired();
        try
        {
            await codes.Redeem(
                code, transaction => users.Update(transaction, verified, pool, call.Cancelled), call);
        }
        catch (AliasTakenException taken)
        {
            throw Reject.AliasExists(taken.Kind, given: true);
        }
    }
}
