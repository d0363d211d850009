using Lifeguard.Contract;
using Xunit;

namespace Lifeguard.Domain.Tests;

public sealed class SchemaRulesTests
{
    private const string Refused = "InvalidParameterException: ";

    [Fact]
    public void A_pool_without_a_schema_has_the_twenty_standard_attributes_in_order()
    {
        var schema = SchemaRules.Build(null);

        string[] names =
        [
            "sub", "name", "given_name", "family_name", "middle_name", "nickname", "preferred_username",
            "profile", "picture", "website", "email", "email_verified", "gender", "birthdate", "zoneinfo",
            "locale", "phone_number", "phone_number_verified", "address", "updated_at",
        ];
        Assert.Equal(names, schema.Select(attribute => attribute.Name));
        Assert.All(schema, attribute => Assert.False(attribute.DeveloperOnlyAttribute));
        Assert.Equal(["sub"], schema.Where(attribute => attribute.Required == true).Select(one => one.Name));
        Assert.Equal(["sub"], schema.Where(attribute => attribute.Mutable == false).Select(one => one.Name));
    }

    [Theory]
    [InlineData("sub", "String", "{'MinLength':'1','MaxLength':'2048'}", "absent")]
    [InlineData("email", "String", "{'MinLength':'0','MaxLength':'2048'}", "absent")]
    [InlineData("email_verified", "Boolean", "absent", "absent")]
    [InlineData("birthdate", "String", "{'MinLength':'10','MaxLength':'10'}", "absent")]
    [InlineData("updated_at", "Number", "absent", "{'MinValue':'0'}")]
    public void Standard_attributes_have_their_types_and_bounds(
        string name, string type, string lengths, string values)
    {
        var attribute = SchemaRules.Build(null).Single(one => one.Name == name);

        Assert.Equal(type, attribute.AttributeDataType);
        attribute.ShouldHave("StringAttributeConstraints", lengths);
        attribute.ShouldHave("NumberAttributeConstraints", values);
    }

    [Theory]
    [InlineData(
        "{'Name':'role','AttributeDataType':'String'}",
        "{'Name':'custom:role','AttributeDataType':'String','DeveloperOnlyAttribute':false,'Mutable':true,"
        + "'Required':false,'StringAttributeConstraints':{}}")]
    [InlineData(
        "{'Name':'role','AttributeDataType':'String','Mutable':false,'DeveloperOnlyAttribute':true,"
        + "'StringAttributeConstraints':{'MaxLength':'9'}}",
        "{'Name':'dev:custom:role','AttributeDataType':'String','DeveloperOnlyAttribute':true,"
        + "'Mutable':false,"
        + "'Required':false,'StringAttributeConstraints':{'MaxLength':'9'}}")]
    [InlineData(
        "{'Name':'age','AttributeDataType':'Number','NumberAttributeConstraints':{'MinValue':'-1.5'}}",
        "{'Name':'custom:age','AttributeDataType':'Number','DeveloperOnlyAttribute':false,'Mutable':true,"
        + "'Required':false,'NumberAttributeConstraints':{'MinValue':'-1.5'}}")]
    [InlineData(
        "{'Name':'at','AttributeDataType':'DateTime','StringAttributeConstraints':{'MaxLength':'9'}}",
        "{'Name':'custom:at','AttributeDataType':'DateTime','DeveloperOnlyAttribute':false,'Mutable':true,"
        + "'Required':false}")]
    public void Other_names_become_custom_attributes_after_the_standard_ones(string given, string expected)
    {
        var schema = SchemaRules.Build([Shapes.Read<SchemaAttributeType>(given)]);

        Assert.Equal(21, schema.Count);
        schema[^1].ShouldBe(expected);
    }

    [Theory]
    [InlineData("{'Name':'email','Required':true,'Mutable':false}", "email", true, false, "2048")]
    [InlineData(
        "{'Name':'name','AttributeDataType':'String','StringAttributeConstraints':{'MaxLength':'50'}}",
        "name", false, true, "50")]
    // Constraints count only beside the type (observed).
    [InlineData(
        "{'Name':'name','StringAttributeConstraints':{'MaxLength':'50'}}", "name", false, true, "2048")]
    [InlineData("{'Name':'sub','Required':false,'Mutable':true}", "sub", true, false, "2048")]
    public void Standard_attributes_can_be_changed_within_limits(
        string given, string name, bool required, bool mutable, string maxLength)
    {
        var schema = SchemaRules.Build([Shapes.Read<SchemaAttributeType>(given)]);

        Assert.Equal(20, schema.Count);
        var attribute = schema.Single(one => one.Name == name);
        Assert.Equal(required, attribute.Required);
        Assert.Equal(mutable, attribute.Mutable);
        Assert.Equal(maxLength, attribute.StringAttributeConstraints?.MaxLength);
    }

    [Theory]
    [InlineData(
        "{'Name':'email','AttributeDataType':'Number'}",
        "You can not change AttributeDataType or set developerOnlyAttribute for standard schema "
        + "attribute email")]
    [InlineData(
        "{'Name':'email','DeveloperOnlyAttribute':true}",
        "You can not change AttributeDataType or set developerOnlyAttribute for standard schema "
        + "attribute email")]
    [InlineData(
        "{'Name':'x','AttributeDataType':'String','Required':true}",
        "Required custom attributes are not supported currently.")]
    [InlineData(
        "{'Name':'x'}",
        "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.")]
    [InlineData(
        "{'Name':'x','AttributeDataType':'String','StringAttributeConstraints':{'MaxLength':'2049'}}",
        "user.custom:x: String attributes cannot have a length of more than 2048")]
    [InlineData(
        "{'Name':'x','AttributeDataType':'String','StringAttributeConstraints':{'MinLength':'9',"
        + "'MaxLength':'8'}}",
        "user.custom:x: Max length cannot be less than min length.")]
    [InlineData(
        "{'Name':'x','AttributeDataType':'Number','NumberAttributeConstraints':{'MinValue':'9',"
        + "'MaxValue':'8.5'}}",
        "user.custom:x: Max value cannot be less than min value.")]
    [InlineData(
        "{'Name':'x','AttributeDataType':'String','StringAttributeConstraints':{'MinLength':'many'}}",
        "Invalid StringAttributeConstraints for schema attribute custom:x")]
    [InlineData(
        "{'Name':'x','AttributeDataType':'String','StringAttributeConstraints':{'MinLength':'-1'}}",
        "Invalid StringAttributeConstraints for schema attribute custom:x")]
    [InlineData(
        "{'Name':'x','AttributeDataType':'Number','NumberAttributeConstraints':{'MaxValue':'Infinity'}}",
        "Invalid NumberAttributeConstraints for schema attribute custom:x")]
    public void What_cannot_be_is_refused(string given, string text) => Assert.Equal(
        Refused + text,
        Shapes.Refusal(() => SchemaRules.Build([Shapes.Read<SchemaAttributeType>(given)])));

    [Fact]
    public void A_bound_of_endless_digits_is_refused_unparsed() => Assert.Equal(
        Refused + "Invalid NumberAttributeConstraints for schema attribute custom:x",
        Shapes.Refusal(() => SchemaRules.Custom(new()
        {
            Name = "x",
            AttributeDataType = AttributeDataType.Number,
            NumberAttributeConstraints = new() { MaxValue = new string('9', 100_000) },
        })));

    [Theory]
    [InlineData("banana", "custom:banana")]
    [InlineData("email", "email")]
    public void A_name_stands_once(string name, string inMessage)
    {
        var attribute = new SchemaAttributeType { Name = name, AttributeDataType = AttributeDataType.String };

        Assert.Equal(
            Refused + $"{inMessage}: Existing attribute already has name {inMessage}.",
            Shapes.Refusal(() => SchemaRules.Build([attribute, attribute])));
    }

    [Fact]
    public void A_schema_as_pools_with_identity_providers_show_it_can_be_given()
    {
        var given = new SchemaAttributeType
        {
            Name = "identities",
            AttributeDataType = AttributeDataType.String,
            StringAttributeConstraints = new(),
        };

        Assert.DoesNotContain(SchemaRules.Build([given]), attribute => attribute.Name == "identities");
    }

    [Fact]
    public void Nobody_has_to_give_a_sub()
    {
        var schema = SchemaRules.Build([new() { Name = "email", Required = true }]);

        Assert.Equal(["email"], SchemaRules.Required(schema));
    }
}
