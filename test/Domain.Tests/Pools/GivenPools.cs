using Lifeguard.Contract;
using Lifeguard.Domain.Mfa;
using Lifeguard.Domain.Pools;

namespace Lifeguard.Domain.Tests.Pools;

internal static class GivenPools
{
    public const string Region = "eu-west-1";

    public const string Sms =
        "'SmsConfiguration':{'SnsCallerArn':'arn:aws:iam::123456789012:role/sms','ExternalId':'x'}";

    public const string Lambda = "arn:aws:lambda:eu-west-1:123456789012:function:trigger";

    /// <summary>A new pool; <paramref name="members"/> are those of the request, without braces.</summary>
    public static UserPoolType New(string members) => PoolRules.New(Given(members), Region);

    /// <summary>The pool after an update with <paramref name="members"/>.</summary>
    /// <param name="factors">Its factors; none by default.</param>
    /// <param name="use">What hangs on it; nothing by default.</param>
    public static UserPoolType Changed(
        this UserPoolType stored, string members, PoolFactors? factors = null, PoolUse? use = null) =>
        PoolRules.Changed(stored, Given(members), Region, factors ?? PoolFactors.None, use ?? PoolUse.None);

    public static UserPoolType Given(string members) => Shapes.Read<UserPoolType>("{" + members + "}");
}
