using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Reads what a user has configured, as far as the pool lets it matter.</summary>
public sealed class FindUserFactors(SoftwareTokenStore tokens)
{
    public Task<UserFactors> Of(UserPool pool, User user, Call call) => Of(pool, user.Sub, call);

    /// <param name="sub">The user's, or a stand-in's, who has configured nothing.</param>
    public async Task<UserFactors> Of(UserPool pool, string sub, Call call) => pool.IsMfaOff
        ? UserFactors.None
        : new(await tokens.Find(pool.Id, sub, call.Cancelled));
}
