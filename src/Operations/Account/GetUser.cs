using Lifeguard.Contract;
using Lifeguard.Domain.Mfa;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Operations.Account;

/// <summary>Shows a signed-in user the own attributes, as far as the app client may read them.</summary>
public sealed class GetUser : IUserOperation<GetUserRequest, GetUserResponse>
{
    public Task<GetUserResponse> Execute(GetUserRequest request, SignedInUser user, Call call) =>
        Task.FromResult(new GetUserResponse
        {
            Username = user.User.Username,
            UserAttributes = UserView.Attributes(user.User, user.Client.MayRead),
            UserMFASettingList = UserView.MfaSettings(user.User),
            PreferredMfaSetting = user.User.Mfa.Preferred,
            MFAOptions = LegacyMfaOptions.Of(user.User),
        });
}
