using Lifeguard.Contract;
using Lifeguard.Domain.Mfa;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Mfa;

/// <summary>An administrator switches a user's second factors on and off, and says which one to ask for
/// first.</summary>
public sealed class AdminSetUserMFAPreference(PoolStore pools, ResolveUser users, SetMfaPreference preference)
    : IAdminOperation<AdminSetUserMFAPreferenceRequest, AdminSetUserMFAPreferenceResponse>
{
    public async Task<AdminSetUserMFAPreferenceResponse> Execute(
        AdminSetUserMFAPreferenceRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await users.Get(pool, request.Username, call.Cancelled);
        var change = new MfaChange(
            request.SMSMfaSettings,
            request.SoftwareTokenMfaSettings,
            request.EmailMfaSettings,
            request.WebAuthnMfaSettings);
        await preference.Set(pool, user, change, call);
        return new();
    }
}
