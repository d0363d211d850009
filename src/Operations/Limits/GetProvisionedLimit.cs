using Lifeguard.Contract;
using Lifeguard.Domain.Limits;

namespace Lifeguard.Operations.Limits;

/// <summary>Shows the request rate of a category: the one in force, and the one without
/// provisioning.</summary>
public sealed class GetProvisionedLimit(RateLimits rates)
    : IAdminOperation<GetProvisionedLimitRequest, GetProvisionedLimitResponse>
{
    public async Task<GetProvisionedLimitResponse> Execute(GetProvisionedLimitRequest request, Call call)
    {
        var category = LimitRules.CategoryOf(request.LimitDefinition);
        return new()
        {
            Limit = new()
            {
                LimitDefinition = request.LimitDefinition,
                ProvisionedLimitValue = await rates.ProvisionedRateOf(category, call.Cancelled),
                FreeLimitValue = rates.FreeRateOf(category),
            },
        };
    }
}
