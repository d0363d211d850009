using Lifeguard.Contract;
using Lifeguard.Domain.Limits;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Limits;

/// <summary>Raises the request rate of a category for all pools of the deployment, or lowers it again down to
/// the one without provisioning. Each node lets so many requests through, within seconds.</summary>
public sealed class UpdateProvisionedLimit(
    Database database, ProvisionedLimitStore limits, RateLimits rates, RateRules rules)
    : IAdminOperation<UpdateProvisionedLimitRequest, UpdateProvisionedLimitResponse>
{
    public async Task<UpdateProvisionedLimitResponse> Execute(
        UpdateProvisionedLimitRequest request, Call call)
    {
        var category = LimitRules.CategoryOf(request.LimitDefinition);
        var (requested, free) = (request.RequestedLimitValue!.Value, rates.FreeRateOf(category));
        LimitRules.MustBeProvisionable(category, requested, free, rules.HighestProvisioned);
        await database.Write(
            transaction => limits.Set(transaction, category.Name, requested, call.Now, call.Cancelled),
            call.Cancelled);
        return new()
        {
            Limit = new()
            {
                LimitDefinition = request.LimitDefinition,
                ProvisionedLimitValue = requested,
                FreeLimitValue = free,
            },
        };
    }
}
