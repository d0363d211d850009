using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Reads what a user has configured, as far as the pool lets it matter.</summary>
public sealed class FindUserFactors(SoftwareTokenStore tokens)
{
    public async Task<UserFactors> Of(UserPool pool, User user, Call call) => pool.IsMfaOff
        ? UserFactors.None
        : new(await tokens.Find(pool.Id, user.Sub, call.Cancelled));
}
