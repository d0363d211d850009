using System.Globalization;
using Lifeguard.Contract;

namespace Lifeguard.Domain;

/// <summary>Formats and bounds of single attribute values.</summary>
public static class AttributeValue
{
    /// <summary>No value is longer, whatever its schema says (doc).</summary>
    public const int MaxLength = 2048;

    /// <summary>What is wrong with the value; null for nothing. Lengths are worded as observed, the rest in
    /// own words, but for the formats of e-mail addresses and phone numbers, which are thrown as the service
    /// words them.</summary>
    public static string? Violation(SchemaAttributeType attribute, string value)
    {
        if (FormatViolation(attribute.Name!, value) is { } format) throw Reject.InvalidParameter(format);
        return attribute.AttributeDataType switch
        {
            "Number" => NumberViolation(attribute.NumberAttributeConstraints, value),
            "Boolean" => IsBoolean(value) ? null : "Boolean must be true or false",
            "DateTime" => IsInstant(value) ? null : "DateTime is not valid",
            _ => attribute.Name == AttributeNames.Birthdate && !IsDate(value)
                ? "Date must have the form YYYY-MM-DD"
                : LengthViolation(attribute.StringAttributeConstraints, value),
        };
    }

    /// <summary>The service's refusal of a malformed e-mail address or phone number; null for a good one and
    /// for other attributes (observed).</summary>
    public static string? FormatViolation(string name, string value) => name switch
    {
        AttributeNames.PhoneNumber when !IsPhoneNumber(value) => "Invalid phone number format.",
        AttributeNames.Email when !IsEmail(value) => "Invalid email address format.",
        _ => null,
    };

    /// <summary>The value as it is kept: booleans in lower case.</summary>
    public static string Stored(SchemaAttributeType attribute, string value) =>
        attribute.AttributeDataType == "Boolean" ? value.ToLowerInvariant() : value;

    /// <summary>E.164: a plus, a country code, at most 15 digits in all.</summary>
    public static bool IsPhoneNumber(string value) =>
        value.Length is >= 3 and <= 16
        && value[0] == '+'
        && value[1] != '0'
        && value.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>The shape by which a user name is told from an e-mail address: one <c>@</c> with something on
    /// both sides. Not every such text is an address that mail could be sent to.</summary>
    public static bool LooksLikeEmail(string value)
    {
        var at = value.IndexOf('@');
        return at > 0 && at == value.LastIndexOf('@') && at < value.Length - 1;
    }

    /// <summary>
    /// One <c>@</c> with something on both sides, no white space, control characters or punctuation that
    /// would mean something in a mail header.
    /// </summary>
    public static bool IsEmail(string value)
    {
        if (!LooksLikeEmail(value) || value.Length > 320) return false;
        foreach (var character in value)
        {
            if (char.IsWhiteSpace(character) || char.IsControl(character)) return false;
            if (character is '<' or '>' or '(' or ')' or ',' or ';' or ':' or '"' or '[' or ']' or '\\')
                return false;
        }

        return value[value.IndexOf('@') + 1] != '.' && value[^1] != '.' && !value.Contains("..");
    }

    /// <summary>Characters that a value of the attribute may have.</summary>
    public static int LongestOf(SchemaAttributeType attribute) =>
        Longest(attribute.StringAttributeConstraints);

    private static int Longest(StringAttributeConstraintsType? bounds) =>
        Math.Min(MaxLength, Bound(bounds?.MaxLength, MaxLength));

    private static string? LengthViolation(StringAttributeConstraintsType? bounds, string value)
    {
        var length = value.EnumerateRunes().Count();
        var max = Longest(bounds);
        if (length > max) return $"String must be no longer than {max} characters";
        var min = Bound(bounds?.MinLength, 0);
        return length < min ? $"String must be no shorter than {min} characters" : null;
    }

    private static string? NumberViolation(NumberAttributeConstraintsType? bounds, string value)
    {
        if (!AttributeNumber.IsNumber(value)) return "Number is not valid";
        if (bounds?.MinValue is { } min && AttributeNumber.Compare(value, min) < 0)
            return $"Number must be no less than {min}";
        if (bounds?.MaxValue is { } max && AttributeNumber.Compare(value, max) > 0)
            return $"Number must be no greater than {max}";
        return null;
    }

    private static bool IsBoolean(string value) =>
        value.Equals("true", StringComparison.OrdinalIgnoreCase)
        || value.Equals("false", StringComparison.OrdinalIgnoreCase);

    private static bool IsDate(string value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsInstant(string value) =>
        AttributeNumber.IsNumber(value)
        || DateTimeOffset.TryParse(
            value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    /// <summary>Constraints are numbers in text (doc).</summary>
    private static int Bound(string? text, int fallback) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var bound)
            ? bound
            : fallback;
}
