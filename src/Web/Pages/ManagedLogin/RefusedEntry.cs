using System.Text.RegularExpressions;
using Lifeguard.Contract;
using Lifeguard.Domain;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>What of a form the API has refused in words that are meant for programmers: they name members and
/// print regular expressions, which nobody at a page is to see.</summary>
/// <param name="Attribute">The name of the attribute that it is; null for anything else.</param>
internal sealed partial record RefusedEntry(EntryKind Kind, bool IsMissing, string? Attribute = null)
{
    /// <summary>What it is; null for other refusals, and for those whose words anybody understands.</summary>
    public static RefusedEntry? Of(ApiException? refusal)
    {
        if (refusal is not { Code: Errors.InvalidParameterException, Text: { } text }) return null;
        if (Constraint().Match(text) is { Success: true } constraint)
        {
            var rule = constraint.Groups["rule"].Value;
            return new(KindOf(constraint.Groups["name"].Value), IsAbsence(rule));
        }

        if (Parameter().Match(text) is { Success: true } parameter)
            return OfParameter(parameter.Groups["name"].Value);
        if (Schema().Match(text) is { Success: true } attribute)
            return new(EntryKind.Other, IsMissing: false, attribute.Groups["name"].Value);
        return null;
    }

    private static RefusedEntry OfParameter(string name) => name switch
    {
        "PASSWORD" or "NEW_PASSWORD" => new(EntryKind.Password, IsMissing: true),
        "PHONE_NUMBER" or "EMAIL" => new(EntryKind.Other, IsMissing: true, name.ToLowerInvariant()),
        _ when name.EndsWith("_CODE", StringComparison.Ordinal) => new(EntryKind.Code, IsMissing: true),
        _ => new(KindOf(name.ToLowerInvariant()), IsMissing: true),
    };

    private static EntryKind KindOf(string member) => member switch
    {
        "username" => EntryKind.Name,
        "password" => EntryKind.Password,
        "confirmationCode" or "userCode" => EntryKind.Code,
        _ => EntryKind.Other,
    };

    private static bool IsAbsence(string rule) =>
        rule is "Member must not be null" or "Member must have length greater than or equal to 1";

    /// <summary>As <see cref="Violations"/> words it; of several the first.</summary>
    [GeneratedRegex(" at '(?<name>[^']*)' failed to satisfy constraint: (?<rule>[^;]*)")]
    private static partial Regex Constraint();

    /// <summary>What an answer to a challenge lacks.</summary>
    [GeneratedRegex("^Missing required parameter (?<name>[A-Z_]+)$")]
    private static partial Regex Parameter();

    /// <summary>What does not keep to the schema of the pool, or is required there.</summary>
    [GeneratedRegex(
        @"^(Attributes did not conform to the schema: |user\.)(?<name>\S+): |"
        + "^Invalid attributes given, (?<name>\\S+) is missing$")]
    private static partial Regex Schema();
}

/// <summary>What somebody enters.</summary>
internal enum EntryKind
{
    Other,
    Name,
    Password,
    Code,
}
