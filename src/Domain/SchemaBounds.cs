using System.Globalization;
using System.Numerics;
using Lifeguard.Contract;

namespace Lifeguard.Domain;

/// <summary>The constraints of a schema attribute: numbers in text, as the service has them.</summary>
public static class SchemaBounds
{
    /// <summary>No attribute value is longer (doc).</summary>
    public const int MaxLength = 2048;

    // 2^1023, the largest bound there is (doc), has 308 digits; longer texts are not worth parsing.
    private const int MaxDigits = 400;

    /// <summary>Checks that the bounds of <paramref name="attribute"/> are numbers and in order.</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static void Check(SchemaAttributeType attribute)
    {
        var name = attribute.Name!;
        if (attribute.StringAttributeConstraints is { } lengths) CheckLengths(name, lengths);
        if (attribute.NumberAttributeConstraints is { } values) CheckValues(name, values);
    }

    private static void CheckLengths(string name, StringAttributeConstraintsType given)
    {
        var min = Length(name, given.MinLength);
        var max = Length(name, given.MaxLength);
        if (min > MaxLength || max > MaxLength)
        {
            throw Reject.InvalidParameter(
                $"user.{name}: String attributes cannot have a length of more than 2048");
        }

        if (min > max)
            throw Reject.InvalidParameter($"user.{name}: Max length cannot be less than min length.");
    }

    private static void CheckValues(string name, NumberAttributeConstraintsType given)
    {
        if (Value(name, given.MinValue) > Value(name, given.MaxValue))
            throw Reject.InvalidParameter($"user.{name}: Max value cannot be less than min value.");
    }

    private static BigInteger? Length(string name, string? text)
    {
        if (text is null) return null;
        if (text.Length <= MaxDigits
            && BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        throw Reject.InvalidParameter($"Invalid StringAttributeConstraints for schema attribute {name}");
    }

    private static double? Value(string name, string? text)
    {
        const NumberStyles Styles =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (text is null) return null;
        if (text.Length <= MaxDigits
            && double.TryParse(text, Styles, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number))
        {
            return number;
        }

        throw Reject.InvalidParameter($"Invalid NumberAttributeConstraints for schema attribute {name}");
    }
}
