namespace Lifeguard.Domain.Access;

/// <summary>
/// Which resources a statement speaks of: <c>*</c> for all, or an ARN whose parts may hold wildcards. A
/// wildcard stays within its part of the ARN, but for the last part, which runs to the end (doc: IAM JSON
/// policy elements, Resource). So <c>arn:aws:cognito-idp:us-*:userpool/x</c> cannot reach over the account.
/// </summary>
internal sealed class ResourcePattern
{
    private const int ArnParts = 6;

    private readonly string[]? parts;

    private ResourcePattern(string[]? parts) => this.parts = parts;

    /// <summary>Reads <c>*</c> or an ARN; null for anything else.</summary>
    public static ResourcePattern? Read(string text)
    {
        if (text == "*") return new(null);
        var parts = text.Split(':', ArnParts);
        return parts is ["arn", _, _, _, _, not ""] ? new(parts) : null;
    }

    /// <summary>Is <paramref name="resource"/> meant? Operations without a resource ask for <c>*</c>, which
    /// only the pattern <c>*</c> covers.</summary>
    public bool Covers(string resource)
    {
        if (parts is null) return true;
        var asked = resource.Split(':', ArnParts);
        if (asked.Length != ArnParts) return false;
        for (var i = 0; i < ArnParts; i++)
        {
            if (!AccessPattern.Covers(parts[i], asked[i], ignoreCase: false)) return false;
        }

        return true;
    }
}
