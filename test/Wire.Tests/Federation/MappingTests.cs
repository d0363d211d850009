using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Federation;

/// <summary>What a provider says becomes attributes of the pool's users: by which rules, and with which words
/// where it cannot.</summary>
public sealed class MappingTests
{
    [Theory]
    [InlineData("\"text\"", "text")]
    [InlineData("12.50", "12.50")]
    [InlineData("true", "true")]
    [InlineData("[\"a\",\"b c\",\"ä*._-\"]", "[a, b%20c, %C3%A4*._-]")]
    [InlineData("[\"admin\"]", "[admin]")]
    [InlineData("{\"country\":\"DE\"}", "{\"country\":\"DE\"}")]
    [InlineData("null", null)]
    [InlineData("\"\"", null)]
    [InlineData("[]", null)]
    public async Task Claims_of_every_kind_become_one_text(string json, string? text)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world, new { nickname = "any" });
        pool.Provider.Person["any"] = JsonNode.Parse(json);

        await pool.SignIn();

        Assert.Equal(text is null ? "" : $"nickname={text}", await pool.AttributesOf("Partner_123"));
    }

    [Fact]
    public async Task Tokens_can_be_mapped()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world, new { nickname = "access_token" });

        await pool.SignIn();

        Assert.Equal("nickname=access-code-1", await pool.AttributesOf("Partner_123"));
    }

    [Fact]
    public async Task An_address_is_verified_where_the_provider_says_so_and_that_is_mapped()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var unmapped = await FederatedPool.Create(world);
        unmapped.Provider.Person["email_verified"] = true;
        await unmapped.SignIn();
        Assert.Equal(
            "email=ana@example.com;email_verified=false", await unmapped.AttributesOf("Partner_123"));

        await using var another = await World.Start(DatabaseKind.Memory);
        using var mapped = await FederatedPool.Create(
            another, new { email = "email", email_verified = "email_verified" });
        mapped.Provider.Person["email_verified"] = "true";
        await mapped.SignIn();
        Assert.Equal("email=ana@example.com;email_verified=true", await mapped.AttributesOf("Partner_123"));
        mapped.Provider.Person.Remove("email_verified");
        await mapped.SignIn();
        Assert.Equal("email=ana@example.com;email_verified=false", await mapped.AttributesOf("Partner_123"));
    }

    [Fact]
    public async Task The_flag_without_the_address_verifies_nothing()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(
            world, new { email = "email", email_verified = "email_verified" });
        await pool.SignIn();
        await world.Admin(pool.Pool, "AdminUpdateUserAttributes", "Partner_123", new
        {
            UserAttributes = Calls.Attributes("email=victim@example.com;email_verified=false"),
        });
        pool.Provider.Person = new() { ["sub"] = "123", ["email_verified"] = true };

        await pool.SignIn();

        Assert.Equal("email=victim@example.com;email_verified=false", await pool.AttributesOf("Partner_123"));
    }

    [Fact]
    public async Task Required_attributes_must_be_delivered()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var settings = new
        {
            Schema = new object[]
            {
                new { Name = "email", Required = true }, new { Name = "given_name", Required = true },
                new { Name = "family_name", Required = true },
            },
        };
        using var pool = await FederatedPool.Create(
            world, new { email = "email", given_name = "given_name", family_name = "family_name" }, settings);

        Assert.Equal(
            "invalid_request: attributes required: [given_name, family_name]", await pool.SignIn());

        Assert.Empty(await world.RowsOf("users"));
        pool.Provider.Person["given_name"] = "Ana";
        pool.Provider.Person["family_name"] = "Lee";
        Assert.Equal("Partner_123", await pool.SignIn());
        pool.Provider.Person = new() { ["sub"] = "123" };
        Assert.Equal("Partner_123", await pool.SignIn());
    }

    [Fact]
    public async Task What_cannot_change_may_begin_and_is_refused_from_then_on()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(
            world, new { email = "email" },
            new { Schema = new[] { new { Name = "email", Mutable = false, Required = true } } });

        Assert.Equal("Partner_123", await pool.SignIn());

        // Also where it would stay as it is (doc), with the service's line break and blank (observed).
        Assert.Equal("invalid_request: user.email: Attribute cannot be updated.\n ", await pool.SignIn());
    }

    [Fact]
    public async Task What_the_client_may_not_write_no_provider_writes_through_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(
            world,
            new { email = "email", name = "name" },
            client: new { WriteAttributes = new[] { "name" } });

        Assert.Equal("invalid_request: user.email: Attribute cannot be updated.\n ", await pool.SignIn());

        Assert.Empty(await world.RowsOf("users"));
    }

    [Theory]
    [InlineData("email", "no address", "Invalid email address format.")]
    [InlineData("phone_number", "0123", "Invalid phone number format.")]
    [InlineData("birthdate", "yesterday", "Date must have the form YYYY-MM-DD")]
    [InlineData("custom:level", "high", "Number is not valid")]
    [InlineData("custom:level", "7", "Number must be no greater than 5")]
    [InlineData("custom:short", "abcdef", "String must not be longer than 5 characters")]
    public async Task Values_have_to_be_of_the_attribute_s_kind(string attribute, string value, string told)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(
            world, new Dictionary<string, string> { [attribute] = "any" },
            new
            {
                Schema = new object[]
                {
                    new
                    {
                        Name = "level", AttributeDataType = "Number", Mutable = true,
                        NumberAttributeConstraints = new { MaxValue = "5" },
                    },
                    new
                    {
                        Name = "short", AttributeDataType = "String", Mutable = true,
                        StringAttributeConstraints = new { MaxLength = "5" },
                    },
                },
            });
        pool.Provider.Person["any"] = value;

        Assert.Equal($"invalid_request: user.{attribute}: {told}", await pool.SignIn());
    }

    [Theory]
    [InlineData(2048, "Partner_123")]
    [InlineData(2049, "invalid_request: user.name: String must not be longer than 2048 characters")]
    public async Task No_value_is_longer_than_2048_characters(int length, string outcome)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world, new { name = "name" });
        pool.Provider.Person["name"] = new string('a', length);

        Assert.Equal(outcome, await pool.SignIn());
    }

    [Fact]
    public async Task A_changed_address_makes_the_codes_to_the_old_one_worthless()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world, settings: new
        {
            AutoVerifiedAttributes = new[] { "email" },
        });
        await pool.SignIn();
        await world.Admin(pool.Pool, "AdminUpdateUserAttributes", "Partner_123", new
        {
            UserAttributes = Calls.Attributes("email=mine@example.com"),
        });
        Assert.Single(await world.RowsOf("confirmation_code"));

        await pool.SignIn();

        Assert.Empty(await world.RowsOf("confirmation_code"));
        Assert.Equal("email=ana@example.com;email_verified=false", await pool.AttributesOf("Partner_123"));
    }
}
