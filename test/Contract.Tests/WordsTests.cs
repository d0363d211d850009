using Xunit;

namespace Lifeguard.Contract.Tests;

public sealed class WordsTests
{
    [Fact]
    public void A_missing_member_is_named()
    {
        var request = new GetUserAttributeVerificationCodeRequest { AccessToken = "token" };

        Assert.Equal(
            "1 validation error detected: Value null at 'attributeName' failed to satisfy constraint: "
            + "Member must not be null",
            Wire.Complaint(request));
    }

    [Fact]
    public void An_empty_code_breaks_length_and_pattern()
    {
        var request = new ConfirmSignUpRequest { ClientId = "app", Username = "ana", ConfirmationCode = "" };

        Assert.Equal(
            "2 validation errors detected: Value '' at 'confirmationCode' failed to satisfy constraint: "
            + "Member must have length greater than or equal to 1; Value '' at 'confirmationCode' failed to "
            + @"satisfy constraint: Member must satisfy regular expression pattern: [\S]+",
            Wire.Complaint(request));
    }

    [Theory]
    [InlineData(" leading")]
    [InlineData("trailing ")]
    [InlineData("trailing\n")]
    public void A_password_with_blanks_around_it_is_refused_without_being_repeated(string password)
    {
        var request = new SignUpRequest { ClientId = "client", Username = "ana", Password = password };

        Assert.Equal(
            "1 validation error detected: Value at 'password' failed to satisfy constraint: "
            + @"Member must satisfy regular expression pattern: ^[\S]+.*[\S]+$",
            Wire.Complaint(request));
    }

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("x")]
    [InlineData("pässwörd 🐎")]
    public void A_password_may_hold_blanks_inside(string password)
    {
        var request = new SignUpRequest { ClientId = "client", Username = "ana", Password = password };

        Assert.Equal("", Wire.Complaint(request));
    }

    [Fact]
    public void An_empty_password_stands_for_none()
    {
        var request = new SignUpRequest { ClientId = "client", Username = "ana", Password = "" };

        Assert.Equal("", Wire.Complaint(request));
    }

    [Fact]
    public void An_enum_prints_its_values_in_the_models_order()
    {
        var request = new UpdateUserPoolRequest { UserPoolId = "us-east-1_Ab1Cd2", MfaConfiguration = "X" };

        Assert.Equal(
            "1 validation error detected: Value 'X' at 'mfaConfiguration' failed to satisfy constraint: "
            + "Member must satisfy enum value set: [OFF, ON, OPTIONAL]",
            Wire.Complaint(request));
    }

    [Fact]
    public void A_list_of_enum_values_is_printed_as_a_whole()
    {
        var request = new CreateUserPoolClientRequest
        {
            UserPoolId = "us-east-1_Ab1Cd2Ef3",
            ClientName = "web",
            AllowedOAuthFlows = ["code", "token"],
        };

        Assert.Equal(
            "1 validation error detected: Value '[code, token]' at 'allowedOAuthFlows' failed to satisfy "
            + "constraint: Member must satisfy constraint: [Member must satisfy enum value set: "
            + "[code, implicit, client_credentials]]",
            Wire.Complaint(request));
    }

    [Fact]
    public void Nested_members_are_found_by_position_and_by_name()
    {
        var pool = new CreateUserPoolRequest
        {
            PoolName = "pool",
            Policies = new UserPoolPolicyType { PasswordPolicy = new() { MinimumLength = 5 } },
        };
        var user = new AdminUpdateUserAttributesRequest
        {
            UserPoolId = "us-east-1_Ab1Cd2Ef3",
            Username = "ana",
            UserAttributes = [new AttributeType { Name = "name" }, new AttributeType { Value = "x" }],
        };

        Assert.Equal(
            "1 validation error detected: Value '5' at 'policies.passwordPolicy.minimumLength' failed to "
            + "satisfy constraint: Member must have value greater than or equal to 6",
            Wire.Complaint(pool));
        Assert.Equal(
            "1 validation error detected: Value null at 'userAttributes.2.member.name' failed to satisfy "
            + "constraint: Member must not be null",
            Wire.Complaint(user));
    }

    [Fact]
    public void Structures_in_maps_are_found_by_key()
    {
        var pool = new CreateUserPoolRequest
        {
            PoolName = "pool",
            AcrConfiguration = new Dictionary<string, AcrLevelConfigType> { ["gold"] = new() },
        };

        Assert.Equal(
            "1 validation error detected: Value null at 'acrConfiguration.gold.member.acrValue' failed to "
            + "satisfy constraint: Member must not be null",
            Wire.Complaint(pool));
    }

    [Fact]
    public void Values_inside_a_sensitive_structure_are_not_repeated()
    {
        var request = new SignUpRequest
        {
            ClientId = "client",
            Username = "ana",
            UserContextData = new UserContextDataType { EncodedData = new string('s', 131_073) },
        };

        Assert.Equal(
            "1 validation error detected: Value at 'userContextData.encodedData' failed to satisfy "
            + "constraint: Member must have length less than or equal to 131072",
            Wire.Complaint(request));
    }

    [Fact]
    public void Length_counts_code_points()
    {
        var longest = string.Concat(Enumerable.Repeat("🐎", 128));
        AdminGetUserRequest User(string name) => new() { UserPoolId = "us-east-1_Ab1Cd2", Username = name };

        Assert.Equal("", Wire.Complaint(User(longest)));
        Assert.EndsWith(
            "less than or equal to 128", Wire.Complaint(User(longest + "a")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_request_has_a_small_answer()
    {
        var request = new AdminUpdateUserAttributesRequest
        {
            UserPoolId = new string('!', 1_000_000),
            Username = "ana",
            UserAttributes = [.. Enumerable.Repeat(new AttributeType { Name = "" }, 10_000)],
        };

        var words = Wire.Complaint(request);

        Assert.StartsWith("50 validation errors detected: ", words, StringComparison.Ordinal);
        Assert.InRange(words.Length, 1_000, 10_000);
    }

    [Theory]
    [InlineData("us-east-1_Ab1Cd2Ef3", true)]
    [InlineData("us-east-1_Ab1Cd2Ef3\n", false)]
    [InlineData("x us-east-1_Ab1Cd2Ef3", false)]
    [InlineData("üs-east-1_Ab1Cd2Ef3", false)]
    public void Patterns_match_the_whole_value_and_their_word_characters_are_ascii(string id, bool isAccepted)
    {
        Assert.Equal(isAccepted, Rules.UserPoolIdType.Accepts(id));
    }
}
