using Lifeguard.Contract;

namespace Lifeguard.Domain.Limits;

/// <summary>What a request may say about a limit. The texts are in own words.</summary>
public static class LimitRules
{
    private const string CategoryAttribute = "Category";

    /// <summary>The category that a definition names.</summary>
    /// <exception cref="ApiException">InvalidParameterException: it names something else;
    /// ResourceNotFoundException: there is no such category.</exception>
    public static RateCategory CategoryOf(LimitDefinitionType definition)
    {
        if (definition.Attributes is not { Count: 1 } attributes
            || !attributes.TryGetValue(CategoryAttribute, out var name))
        {
            throw Reject.InvalidParameter(
                $"Attributes of a limit of class {definition.LimitClass} must hold "
                + $"{CategoryAttribute} alone.");
        }

        return name != RateCategory.TagResource && RateCategory.Find(name) is { } category
            ? category
            : throw new ApiException(
                Errors.ResourceNotFoundException, "There is no limit of that definition.");
    }

    /// <summary>Refuses a rate that cannot be provisioned (doc: between the default and the account's
    /// maximum).</summary>
    /// <param name="free">The rate without provisioning.</param>
    /// <param name="highest">The rate that the deployment allows at most.</param>
    /// <exception cref="ApiException">InvalidParameterException, ServiceQuotaExceededException.</exception>
    public static void MustBeProvisionable(RateCategory category, int requested, int free, int highest)
    {
        if (!category.IsAdjustable)
            throw Reject.InvalidParameter($"The limit of category {category.Name} is not adjustable.");
        if (requested < free)
        {
            throw Reject.InvalidParameter(
                $"RequestedLimitValue must not be lower than the default limit of {free}.");
        }

        if (requested > highest)
        {
            throw new ApiException(
                Errors.ServiceQuotaExceededException,
                $"RequestedLimitValue exceeds the maximum limit of {highest}.");
        }
    }
}
