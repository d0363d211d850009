using Lifeguard.Contract;

namespace Lifeguard.Domain;

/// <summary>How the attributes that a caller asks for become the schema of a pool.</summary>
public static class SchemaRules
{
    public const string CustomPrefix = "custom:";
    public const string DeveloperPrefix = "dev:custom:";

    /// <summary>Custom attributes of one pool, developer-only ones included (doc).</summary>
    public const int MaxCustom = 50;

    /// <summary>The whole schema of a new pool: the standard attributes with the changes in
    /// <paramref name="given"/>, then the custom ones in the order given.</summary>
    /// <exception cref="ApiException">InvalidParameterException for the first attribute that cannot
    /// be.</exception>
    public static IReadOnlyList<SchemaAttributeType> Build(IReadOnlyList<SchemaAttributeType>? given)
    {
        var schema = SchemaStandards.All.ToList();
        var changed = new HashSet<string>();
        foreach (var attribute in given ?? [])
        {
            var name = attribute.Name ?? throw NameMissing();
            if (name == AttributeNames.Identities)
            {
                // The service adds it by itself with the first identity provider.
                CheckStandard(SchemaStandards.Identities, attribute);
                continue;
            }

            var index = schema.FindIndex(one => one.Name == name);
            if (index < 0)
            {
                var custom = Custom(attribute);
                if (schema.Exists(one => one.Name == custom.Name)) throw AlreadyThere(custom.Name!);
                schema.Add(custom);
                continue;
            }

            if (!changed.Add(name)) throw AlreadyThere(name);
            schema[index] = Standard(schema[index], attribute);
        }

        return schema;
    }

    /// <summary>The schema with further custom attributes, in the order given.</summary>
    /// <exception cref="ApiException">InvalidParameterException for the first attribute that cannot be, or
    /// for one too many.</exception>
    public static IReadOnlyList<SchemaAttributeType> Extend(
        IReadOnlyList<SchemaAttributeType> schema, IReadOnlyList<SchemaAttributeType> given)
    {
        var names = schema.Select(attribute => attribute.Name!).ToHashSet(StringComparer.Ordinal);
        var added = given.Select(Custom).ToList();
        foreach (var attribute in added)
            if (!names.Add(attribute.Name!)) throw AlreadyThere(attribute.Name!);
        return names.Count(IsCustom) <= MaxCustom
            ? [.. schema, .. added]
            // The text is in own words.
            : throw Reject.InvalidParameter($"A user pool can have {MaxCustom} custom attributes.");
    }

    /// <summary>A custom attribute as the pool will have it: prefixed, complete, its bounds
    /// checked.</summary>
    /// <param name="given">Named without the prefix.</param>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static SchemaAttributeType Custom(SchemaAttributeType given)
    {
        var isDeveloperOnly = given.DeveloperOnlyAttribute ?? false;
        var name = (isDeveloperOnly ? DeveloperPrefix : CustomPrefix) + (given.Name ?? throw NameMissing());
        if (given.AttributeDataType is not { } type)
        {
            throw Reject.InvalidParameter(
                "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.");
        }

        if (given.Required == true)
            throw Reject.InvalidParameter("Required custom attributes are not supported currently.");
        var custom = new SchemaAttributeType
        {
            Name = name,
            AttributeDataType = type,
            DeveloperOnlyAttribute = isDeveloperOnly,
            // The API's own default; tools that write an explicit false make it look otherwise (observed).
            Mutable = given.Mutable ?? true,
            Required = false,
            StringAttributeConstraints =
                type == AttributeDataType.String ? given.StringAttributeConstraints ?? new() : null,
            NumberAttributeConstraints =
                type == AttributeDataType.Number ? given.NumberAttributeConstraints ?? new() : null,
        };
        SchemaBounds.Check(custom);
        return custom;
    }

    /// <summary>Names of the attributes that a user must have. <c>sub</c> is not among them: nobody gives
    /// it.</summary>
    public static IEnumerable<string> Required(IReadOnlyList<SchemaAttributeType>? schema) =>
        from attribute in schema ?? []
        where attribute.Required == true && attribute.Name != AttributeNames.Sub
        select attribute.Name;

    private static SchemaAttributeType Standard(SchemaAttributeType standard, SchemaAttributeType given)
    {
        CheckStandard(standard, given);
        // Tools that copy pools send `sub` along; the service owns it and leaves it as it is.
        if (standard.Name == AttributeNames.Sub) return standard;
        var changed = standard with
        {
            Required = given.Required ?? standard.Required,
            Mutable = given.Mutable ?? standard.Mutable,
        };
        // Constraints count only beside the type (observed).
        if (given.AttributeDataType is null) return changed;
        var bounded = changed with
        {
            StringAttributeConstraints = Merge(
                changed.StringAttributeConstraints, given.StringAttributeConstraints),
            NumberAttributeConstraints = Merge(
                changed.NumberAttributeConstraints, given.NumberAttributeConstraints),
        };
        SchemaBounds.Check(bounded);
        return bounded;
    }

    private static void CheckStandard(SchemaAttributeType standard, SchemaAttributeType given)
    {
        if (given.DeveloperOnlyAttribute == true
            || (given.AttributeDataType is { } type && type != standard.AttributeDataType))
        {
            throw Reject.InvalidParameter(
                "You can not change AttributeDataType or set developerOnlyAttribute "
                + $"for standard schema attribute {standard.Name}");
        }
    }

    private static StringAttributeConstraintsType? Merge(
        StringAttributeConstraintsType? standard, StringAttributeConstraintsType? given) => standard is null
        ? null
        : new()
        {
            MinLength = given?.MinLength ?? standard.MinLength,
            MaxLength = given?.MaxLength ?? standard.MaxLength,
        };

    private static NumberAttributeConstraintsType? Merge(
        NumberAttributeConstraintsType? standard, NumberAttributeConstraintsType? given) => standard is null
        ? null
        : new()
        {
            MinValue = given?.MinValue ?? standard.MinValue,
            MaxValue = given?.MaxValue ?? standard.MaxValue,
        };

    private static bool IsCustom(string name) =>
        name.StartsWith(CustomPrefix, StringComparison.Ordinal)
        || name.StartsWith(DeveloperPrefix, StringComparison.Ordinal);

    /// <summary>Own words.</summary>
    private static ApiException NameMissing() =>
        Reject.InvalidParameter("Schema attribute name is required.");

    private static ApiException AlreadyThere(string name) =>
        Reject.InvalidParameter($"{name}: Existing attribute already has name {name}.");
}
