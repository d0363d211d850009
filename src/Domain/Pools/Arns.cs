namespace Lifeguard.Domain.Pools;

/// <summary>ARNs in members whose shape the contract does not bound.</summary>
public static class Arns
{
    /// <summary>Is <paramref name="text"/> an ARN of <paramref name="service"/>:
    /// <c>arn:partition:service:region:account:resource</c>, with an account of digits?</summary>
    public static bool IsOf(string service, string text)
    {
        // The bounds of the contract's own ArnType.
        if (text.Length is < 20 or > 2048) return false;
        var parts = text.Split(':', 6);
        return parts is ["arn", { Length: > 0 }, _, _, { Length: > 0 } account, { Length: > 0 } resource]
            && parts[2] == service
            && account.All(char.IsAsciiDigit)
            && !resource.Any(char.IsWhiteSpace);
    }

    /// <summary>The region of an ARN that <see cref="IsOf"/> has let through.</summary>
    public static string Region(string arn) => arn.Split(':', 6)[3];

    /// <summary>What stands behind the account of an ARN that <see cref="IsOf"/> has let through.</summary>
    public static string Resource(string arn) => arn.Split(':', 6)[5];
}
