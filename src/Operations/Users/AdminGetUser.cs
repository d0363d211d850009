using Lifeguard.Contract;
using Lifeguard.Domain.Mfa;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Users;

/// <summary>Shows an administrator one user with all attributes.</summary>
public sealed class AdminGetUser(PoolStore pools, ResolveUser users)
    : IAdminOperation<AdminGetUserRequest, AdminGetUserResponse>
{
    public async Task<AdminGetUserResponse> Execute(AdminGetUserRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await users.Get(pool, request.Username, call.Cancelled);
        return new()
        {
            Username = user.Username,
            UserAttributes = UserView.Attributes(user),
            UserCreateDate = user.CreatedAt,
            UserLastModifiedDate = user.ModifiedAt,
            Enabled = user.Enabled,
            UserStatus = user.Status,
            UserMFASettingList = UserView.MfaSettings(user),
            PreferredMfaSetting = user.Mfa.Preferred,
            MFAOptions = LegacyMfaOptions.Of(user),
        };
    }
}
