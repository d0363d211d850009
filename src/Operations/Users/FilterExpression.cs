using System.Text;
using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Users;

/// <summary>
/// The filter language of ListUsers: one condition, <c>attribute = "value"</c> or <c>attribute ^=
/// "value"</c>, the value in double quotes with <c>\</c> before quotes and backslashes (doc).
/// </summary>
public static class FilterExpression
{
    /// <summary>The condition; null for none, which finds everybody.</summary>
    /// <exception cref="ApiException">InvalidParameterException: not of this language, or an attribute that
    /// cannot be searched.</exception>
    public static UserFilter? Parse(string? text)
    {
        var rest = (text ?? "").AsSpan().Trim();
        if (rest.IsEmpty) return null;
        var attribute = Name(ref rest);
        var comparison = Comparison(ref rest);
        var value = Quoted(rest);
        return UserFilter.Attributes.Contains(attribute)
            ? new(attribute, comparison, value)
            : throw Reject.InvalidParameter($"Invalid search attribute: {attribute}");
    }

    private static string Name(ref ReadOnlySpan<char> rest)
    {
        // Some clients put the name into quotes as well (observed).
        if (rest is ['"', ..])
        {
            var end = rest[1..].IndexOf('"');
            if (end <= 0) throw NotParsed();
            var quoted = rest[1..(end + 1)].ToString();
            rest = rest[(end + 2)..].TrimStart();
            return quoted;
        }

        var length = rest.IndexOfAny(" \t=^");
        if (length <= 0) throw NotParsed();
        var name = rest[..length].ToString();
        rest = rest[length..].TrimStart();
        return name;
    }

    private static UserFilterOperator Comparison(ref ReadOnlySpan<char> rest)
    {
        if (rest is ['^', '=', ..])
        {
            rest = rest[2..].TrimStart();
            return UserFilterOperator.StartsWith;
        }

        if (rest is not ['=', ..]) throw NotParsed();
        rest = rest[1..].TrimStart();
        return UserFilterOperator.Equals;
    }

    private static string Quoted(ReadOnlySpan<char> rest)
    {
        if (rest is not ['"', ..]) throw NotParsed();
        var value = new StringBuilder(rest.Length);
        for (var i = 1; i < rest.Length; i++)
        {
            switch (rest[i])
            {
                case '"' when i == rest.Length - 1:
                    return value.ToString();
                case '"':
                    throw NotParsed();
                case '\\' when i + 1 < rest.Length:
                    value.Append(rest[++i]);
                    break;
                default:
                    value.Append(rest[i]);
                    break;
            }
        }

        throw NotParsed();
    }

    private static ApiException NotParsed() => Reject.InvalidParameter("Error while parsing filter.");
}
