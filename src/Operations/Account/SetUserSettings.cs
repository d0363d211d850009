using Lifeguard.Contract;
using Lifeguard.Domain.Mfa;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Account;

/// <summary>The retired way in which a signed-in user switches SMS on as second factor, or off.</summary>
public sealed class SetUserSettings(Database database, UserStore users)
    : IUserOperation<SetUserSettingsRequest, SetUserSettingsResponse>
{
    public async Task<SetUserSettingsResponse> Execute(
        SetUserSettingsRequest request, SignedInUser user, Call call)
    {
        var changed = LegacyMfaOptions.Apply(request.MFAOptions, user.User, call.Now);
        await database.Write(
            transaction => users.Update(transaction, changed, user.Pool, call.Cancelled), call.Cancelled);
        return new();
    }
}
