using Lifeguard.Domain;
using Lifeguard.Domain.Mfa;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Changes the second factors a user has switched on, whoever asks for it.</summary>
public sealed class SetMfaPreference(SoftwareTokenStore tokens, UserStore users, Database database)
{
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public async Task Set(UserPool pool, User user, MfaChange change, Call call)
    {
        var token = await tokens.Find(pool.Id, user.Sub, call.Cancelled);
        var changed = change.ApplyTo(pool, user, new(token), call.Now);
        await database.Write(
            transaction => users.Update(transaction, changed, pool, call.Cancelled), call.Cancelled);
    }
}
