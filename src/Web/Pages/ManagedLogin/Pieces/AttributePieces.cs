using Lifeguard.Domain;
using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Pages.ManagedLogin.Pieces;

/// <summary>Attributes that people fill in about themselves.</summary>
internal static class AttributePieces
{
    private const int LongestValue = 2048;

    public static IEnumerable<Html> Attributes(this PageFrame frame, IReadOnlyList<AttributeField> fields) =>
        fields.Select(field => frame.Field(Line(frame.Texts, field)));

    public static bool AreRefused(IReadOnlyList<AttributeField> fields) =>
        fields.Any(field => field.Error is not null);

    private static Field Line(PageTexts texts, AttributeField field)
    {
        var (type, autocomplete) = Kind(field.Name);
        return new(FormFields.Attribute(field.Name), field.Label ?? texts.Attribute(field.Name))
        {
            Type = type,
            // Where it is the name, password managers are to keep it beside the password.
            Autocomplete = field.IsName ? "username" : autocomplete,
            InputMode = field.IsNumber ? "numeric" : null,
            Hint = field.Name == AttributeNames.PhoneNumber ? texts.PhoneNumberHint : null,
            MaxLength = type == "date" ? null : field.MaxLength ?? LongestValue,
            IsRequired = field.IsRequired,
            Value = field.Value,
            Error = field.Error,
        };
    }

    /// <summary>The input for an attribute, and what browsers know it as (HTML, autofill).</summary>
    private static (string Type, string? Autocomplete) Kind(string name) => name switch
    {
        AttributeNames.Email => ("email", "email"),
        AttributeNames.PhoneNumber => ("tel", "tel"),
        "address" => ("text", "street-address"),
        "birthdate" => ("date", "bday"),
        "family_name" => ("text", "family-name"),
        "gender" => ("text", "sex"),
        "given_name" => ("text", "given-name"),
        "locale" => ("text", "language"),
        "middle_name" => ("text", "additional-name"),
        "name" => ("text", "name"),
        "nickname" => ("text", "nickname"),
        "picture" => ("url", "photo"),
        "preferred_username" => ("text", "username"),
        "profile" or "website" => ("url", "url"),
        _ => ("text", null),
    };
}
