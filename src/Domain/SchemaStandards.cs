using Lifeguard.Contract;

namespace Lifeguard.Domain;

/// <summary>The standard attributes that every pool has (doc; OpenID Connect Core §5.1).</summary>
public static class SchemaStandards
{
    /// <summary>All twenty, in the service's order, as a pool has them that says nothing about
    /// them.</summary>
    public static readonly IReadOnlyList<SchemaAttributeType> All =
    [
        Text(AttributeNames.Sub, min: "1", max: "2048") with { Mutable = false, Required = true },
        Text("name"),
        Text("given_name"),
        Text("family_name"),
        Text("middle_name"),
        Text("nickname"),
        Text(AttributeNames.PreferredUsername),
        Text("profile"),
        Text("picture"),
        Text("website"),
        Text(AttributeNames.Email),
        Flag(AttributeNames.EmailVerified),
        Text("gender"),
        Text(AttributeNames.Birthdate, min: "10", max: "10"),
        Text("zoneinfo"),
        Text("locale"),
        Text(AttributeNames.PhoneNumber),
        Flag(AttributeNames.PhoneNumberVerified),
        Text("address"),
        Of("updated_at", AttributeDataType.Number) with
        {
            NumberAttributeConstraints = new() { MinValue = "0" },
        },
    ];

    /// <summary>Appears in the schema of pools that have identity providers; no constraints (doc).</summary>
    public static readonly SchemaAttributeType Identities =
        Of(AttributeNames.Identities, AttributeDataType.String) with { StringAttributeConstraints = new() };

    private static SchemaAttributeType Text(string name, string min = "0", string max = "2048") =>
        Of(name, AttributeDataType.String) with
        {
            StringAttributeConstraints = new() { MinLength = min, MaxLength = max },
        };

    private static SchemaAttributeType Flag(string name) => Of(name, AttributeDataType.Boolean);

    private static SchemaAttributeType Of(string name, string type) => new()
    {
        Name = name,
        AttributeDataType = type,
        DeveloperOnlyAttribute = false,
        Mutable = true,
        Required = false,
    };
}
