using Lifeguard.Operations;
using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.Limits;

/// <summary>Limits and their definitions that tests of several operations use.</summary>
internal static class LimitSettings
{
    public const string Exceeded = "TooManyRequestsException: Rate exceeded";

    /// <summary>Limits of some categories; all others have none.</summary>
    public static RateRules Rates(params (string Category, int PerSecond)[] rates) =>
        new(rates.ToDictionary(rate => rate.Category, rate => rate.PerSecond));

    public static object Definition(string category) =>
        new { LimitClass = "API_CATEGORY", Attributes = new { Category = category } };

    public static Task<Answer> Provision(this World world, string category, int value) => world.Call(
        "UpdateProvisionedLimit",
        new { LimitDefinition = Definition(category), RequestedLimitValue = value });
}
