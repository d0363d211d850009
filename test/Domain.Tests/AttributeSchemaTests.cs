using Lifeguard.Contract;
using Xunit;

namespace Lifeguard.Domain.Tests;

public sealed class AttributeSchemaTests
{
    private static readonly SchemaAttributeType Fixed = new()
    {
        Name = "fixed",
        AttributeDataType = AttributeDataType.Boolean,
        Mutable = false,
    };

    [Fact]
    public void The_last_of_several_values_of_a_name_counts_in_the_place_of_the_first()
    {
        var attributes = UserAttributes.From([new("a", "1"), new("b", "2"), new("a", "3")]);

        Assert.Equal([new("a", "3"), new("b", "2")], attributes);
    }

    /// <summary>Once every name was copied with each one after it.</summary>
    [Fact]
    public void A_hundred_thousand_names_are_read_in_one_go()
    {
        var names = Enumerable.Range(0, 100_000).Select(i => $"n{i}");

        var attributes = UserAttributes.From(names.Select(name => KeyValuePair.Create(name, "")));

        Assert.Equal(100_000, attributes.Count);
    }

    [Fact]
    public void A_refusal_does_not_grow_with_the_request()
    {
        var changes = UserAttributes.From(
            Enumerable.Range(0, 10_000).Select(i => KeyValuePair.Create($"custom:{i}", "x")));

        var refusal = Shapes.Refusal(() => Schema().Update(UserAttributes.Empty, changes));

        Assert.Equal(50, refusal.Count(character => character == '\n'));
    }

    [Theory]
    [InlineData("true", "TRUE", true)]
    [InlineData("true", "false", false)]
    [InlineData("true", "", false)]
    [InlineData(null, "true", false)]
    [InlineData(null, "", true)]
    public void An_immutable_attribute_may_be_written_as_it_is(string? stored, string written, bool isAllowed)
    {
        var current = UserAttributes.Empty;
        if (stored is not null) current = current.With("custom:fixed", stored);
        var changes = UserAttributes.Empty.With("custom:fixed", written);

        if (isAllowed) Assert.Equal(current, Schema(Fixed).Update(current, changes));
        else
        {
            Assert.Equal(
                "InvalidParameterException: user.custom:fixed: Attribute cannot be updated.\n",
                Shapes.Refusal(() => Schema(Fixed).Update(current, changes)));
        }
    }

    [Theory]
    [InlineData("email", true)]
    [InlineData("custom:fixed", true)]
    [InlineData("name", false)]
    [InlineData("email_verified", false)]
    [InlineData("sub", false)]
    [InlineData("dev:custom:rank", false)]
    // The schema refuses it, in its own words.
    [InlineData("custom:none", true)]
    public void A_client_writes_what_it_lists_but_for_what_is_nobodys(string name, bool mayWrite)
    {
        var rank = new SchemaAttributeType
        {
            Name = "rank",
            AttributeDataType = AttributeDataType.Number,
            DeveloperOnlyAttribute = true,
        };
        var client = new AppClient
        {
            PoolId = "eu-west-1_A",
            Id = "c",
            Settings = new() { WriteAttributes = ["email", "custom:fixed", "dev:custom:rank"] },
            CreatedAt = default,
            ModifiedAt = default,
        };
        var schema = Schema(Fixed, rank);

        if (mayWrite) schema.MustBeWritable(client, [name]);
        else
        {
            Assert.Equal(
                "NotAuthorizedException: A client attempted to write unauthorized attribute",
                Shapes.Refusal(() => schema.MustBeWritable(client, ["email", name])));
        }
    }

    [Fact]
    public void Custom_attributes_come_after_what_is_there_in_their_order()
    {
        var schema = SchemaRules.Build([Fixed]);

        var extended = SchemaRules.Extend(schema, [Text("b"), Text("a")]);

        string?[] names = [.. schema.Select(one => one.Name), "custom:b", "custom:a"];
        Assert.Equal(names, extended.Select(one => one.Name));
    }

    [Fact]
    public void One_name_may_stand_for_everybody_and_for_developers() => Assert.Equal(
        22,
        SchemaRules.Extend(
            SchemaRules.Build(null), [Text("a"), Text("a") with { DeveloperOnlyAttribute = true }]).Count);

    [Fact]
    public void Fifty_custom_attributes_fit_developer_only_ones_among_them()
    {
        var given = Enumerable.Range(0, 49)
            .Select(i => Text($"a{i}") with { DeveloperOnlyAttribute = i % 2 == 0 });
        var schema = SchemaRules.Build([.. given]);

        Assert.Equal(70, SchemaRules.Extend(schema, [Text("last")]).Count);
        Assert.Equal(
            "InvalidParameterException: A user pool can have 50 custom attributes.",
            Shapes.Refusal(() => SchemaRules.Extend(schema, [Text("x"), Text("y")])));
    }

    private static SchemaAttributeType Text(string name) =>
        new() { Name = name, AttributeDataType = AttributeDataType.String };

    private static AttributeSchema Schema(params SchemaAttributeType[] custom) => AttributeSchema.Of(new()
    {
        Id = "eu-west-1_A",
        Settings = new() { Name = "a", SchemaAttributes = SchemaRules.Build(custom) },
        CreatedAt = default,
        ModifiedAt = default,
    });
}
