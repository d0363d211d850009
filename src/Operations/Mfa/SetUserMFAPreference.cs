using Lifeguard.Contract;
using Lifeguard.Domain.Mfa;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Operations.Mfa;

/// <summary>A signed-in user switches second factors on and off, and says which one to ask for
/// first.</summary>
public sealed class SetUserMFAPreference(SetMfaPreference preference)
    : IUserOperation<SetUserMFAPreferenceRequest, SetUserMFAPreferenceResponse>
{
    public async Task<SetUserMFAPreferenceResponse> Execute(
        SetUserMFAPreferenceRequest request, SignedInUser user, Call call)
    {
        var change = new MfaChange(
            request.SMSMfaSettings,
            request.SoftwareTokenMfaSettings,
            request.EmailMfaSettings,
            request.WebAuthnMfaSettings);
        await preference.Set(user.Pool, user.User, change, call);
        return new();
    }
}
