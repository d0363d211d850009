namespace Lifeguard.Adapters;

/// <summary>The parts of <c>arn:PARTITION:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER]</c> that are needed
/// to call the function.</summary>
/// <param name="Qualifier">Version or alias; null where the ARN names none.</param>
internal sealed record LambdaArn(string Partition, string Region, string FunctionName, string? Qualifier)
{
    /// <summary>Null where <paramref name="text"/> is no ARN of a function.</summary>
    public static LambdaArn? Read(string text) =>
        text.Split(':', 9)
            is ["arn", var partition, "lambda", var region, _, "function", not "" and var name, .. var rest]
        && IsLabel(region)
            ? new(partition, region, name, rest is [not "" and var qualifier] ? qualifier : null)
            : null;

    /// <summary>Only what can stand in a host name: the region of an ARN comes from a pool's configuration
    /// and must not carry a path or another host into the address.</summary>
    private static bool IsLabel(string text) =>
        text.Length is > 0 and <= 32
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
