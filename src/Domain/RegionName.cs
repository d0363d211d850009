using System.Text.RegularExpressions;

namespace Lifeguard.Domain;

/// <summary>Names of regions, such as <c>eu-west-1</c>.</summary>
public static partial class RegionName
{
    public static bool IsValid(string text) => Form().IsMatch(text);

    /// <summary>The region in the host name of the service, <c>cognito-idp.eu-west-1.example.com</c> in any
    /// domain; null for another host.</summary>
    public static string? InHost(string? host)
    {
        string[] parts = host?.ToLowerInvariant().Split('.', 3) ?? [];
        return parts is ["cognito-idp" or "cognito-idp-fips", var region, _] && IsValid(region)
            ? region
            : null;
    }

    [GeneratedRegex(@"\A[a-z]{2,4}(-[a-z]{2,16}){1,3}-[0-9]{1,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
