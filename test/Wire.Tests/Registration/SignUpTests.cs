using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Registration;

public sealed class SignUpTests
{
    private const string Taken = "UsernameExistsException: User already exists";
    private const string EmailTaken =
        "UsernameExistsException: An account with the given email already exists.";
    private const string NotWritable =
        "NotAuthorizedException: A client attempted to write unauthorized attribute";

    [Theory, EachDatabase]
    public async Task Registers_confirms_and_signs_in(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("email alias"));
        world.Transcript.Clear();

        await world.SignUp(pool, "ana", "email=ana@example.com;name=Ana");
        await pool.SignIn("ana");
        await pool.SignIn("ana@example.com");
        await world.Public(pool, "ConfirmSignUp", "ana", new { ConfirmationCode = pool.LastCode() });
        await pool.SignIn("ana@example.com");

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData("email name", "ana", "", "Username should be an email.")]
    [InlineData("phone name", "ana", "", "Username should be a phone number.")]
    [InlineData("both names", "ana", "", "Username should be either an email or a phone number.")]
    [InlineData("email alias", "ana@example.com", "", EmailShaped)]
    [InlineData("email alias", "ana@exam,ple", "", EmailShaped)]
    [InlineData("every alias", "+15551230000", "", PhoneShaped)]
    [InlineData("email name", "a,na@example.com", "", "Invalid email address format.")]
    [InlineData("plain", "ana", "custom:role=x", NoType)]
    [InlineData("plain", "ana", "phone_number=0155", "Invalid phone number format.")]
    [InlineData("plain", "ana", "email=ana@", "Invalid email address format.")]
    [InlineData("plain", "ana", "email=ana @example.com", "Invalid email address format.")]
    [InlineData("plain", "ana", "email=a@example.com\r\nBcc:b@example.com", "Invalid email address format.")]
    [InlineData("plain", "ana", "birthdate=2000-02-30", null)]
    [InlineData("every alias", "ana", "preferred_username=queen", PreferredTooEarly)]
    [InlineData("plain", "ana", "updated_at=1,700", null)]
    [InlineData("email name", "ana@example.com", "email=ben@example.com", null)]
    [InlineData("email name", "ana@example.com", "email=Ana@example.com", null)]
    public async Task Refuses_a_malformed_user(string kind, string username, string attributes, string? words)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of(kind));

        var answer = await world.LeavesNothing(() => world.SignUp(pool, username, attributes));

        if (words is null) Assert.StartsWith("InvalidParameterException: ", answer, StringComparison.Ordinal);
        else Assert.Equal("InvalidParameterException: " + words, answer);
    }

    [Fact]
    public async Task Names_every_required_attribute_that_is_missing()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        object[] schema =
            [new { Name = "email", Required = true }, new { Name = "nickname", Required = true }];
        var pool = await TestPool.Create(world, new { Schema = schema });

        Assert.Equal(
            "InvalidParameterException: Attributes did not conform to the schema: "
            + "nickname: The attribute is required\nemail: The attribute is required\n",
            InSchemaOrder(await world.LeavesNothing(() => world.SignUp(pool, "ana"))));
        Assert.Equal(
            "200", (await world.SignUp(pool, "ana", "email=ana@example.com;nickname=Nan")).ToString());

        static string InSchemaOrder(string answer) => answer.Replace(
            "email: The attribute is required\nnickname: The attribute is required\n",
            "nickname: The attribute is required\nemail: The attribute is required\n",
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_the_address_that_is_the_name_as_supplied()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        object[] schema = [new { Name = "email", Required = true }];
        var pool = await TestPool.Create(
            world, Calls.Merge(PoolKinds.Of("email name"), new { Schema = schema }));

        var answer = await world.SignUp(pool, "ana@example.com");

        Assert.Equal("200", answer.ToString());
        var sub = answer["UserSub"]!.GetValue<string>();
        Assert.Equal("ana@example.com", await world.AttributeOf(pool, sub, "email"));
        var user = await world.Admin(pool, "AdminGetUser", "ana@example.com");
        Assert.Equal(sub, user["Username"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("Ab1!", "Password not long enough")]
    [InlineData("Abcdefg!", "Password must have numeric characters")]
    [InlineData("Abcdefg1", "Password must have symbol characters")]
    [InlineData("abcdef1!", "Password must have uppercase characters")]
    [InlineData("ABCDEF1!", "Password must have lowercase characters")]
    [InlineData("Abcdef١!", "Password must have numeric characters")]
    [InlineData("Abcdef1§", "Password must have symbol characters")]
    public async Task Refuses_a_password_that_breaks_the_policy(string password, string reason)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            "InvalidPasswordException: Password did not conform with policy: " + reason,
            await world.LeavesNothing(() => world.SignUp(pool, "ana", "", new { Password = password })));
    }

    [Fact]
    public async Task Needs_a_password_unless_the_pool_is_passwordless()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        string[] factors = ["PASSWORD", "EMAIL_OTP"];
        var passwordless = await TestPool.Create(
            world, new { Policies = new { SignInPolicy = new { AllowedFirstAuthFactors = factors } } });

        var refusal = await world.LeavesNothing(() => world.Public(pool, "SignUp", "ana"));
        Assert.Matches("^Invalid(Password|Parameter)Exception: ", refusal);
        Assert.Equal("200", (await world.Public(passwordless, "SignUp", "ana")).ToString());
    }

    [Theory]
    [InlineData("name=Ana", NotWritable)]
    [InlineData("email=ana@example.com", "200")]
    [InlineData("email=ana@example.com;name=Ana", NotWritable)]
    [InlineData("email=ana@example.com;email_verified=true", NotWritable)]
    [InlineData("sub=11111111-2222-3333-4444-555555555555", NotWritable)]
    public async Task Lets_a_client_write_only_what_it_may(string attributes, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, client: new { WriteAttributes = (string[])["email"] });

        if (expected == "200") Assert.Equal("200", (await world.SignUp(pool, "ana", attributes)).ToString());
        else Assert.Equal(expected, await world.LeavesNothing(() => world.SignUp(pool, "ana", attributes)));
    }

    [Theory]
    [InlineData("plain", "ana", "ana", Taken)]
    [InlineData("plain", "ana", "Ana", "200")]
    [InlineData("case-insensitive", "ana", "ANA", Taken)]
    [InlineData("email name", "ana@example.com", "ana@example.com", EmailTaken)]
    [InlineData("phone name", "+15551230000", "+15551230000", PhoneTaken)]
    [InlineData("email alias", "ana", "ana", Taken)]
    public async Task Refuses_a_name_that_is_taken(string kind, string first, string second, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        // Also of clients that otherwise hide who exists.
        var pool = await TestPool.Create(
            world, PoolKinds.Of(kind), new { PreventUserExistenceErrors = "ENABLED" });
        Assert.Equal("200", (await world.SignUp(pool, first)).ToString());

        if (expected == "200") Assert.Equal("200", (await world.SignUp(pool, second)).ToString());
        else Assert.Equal(expected, await world.LeavesNothing(() => world.SignUp(pool, second)));
    }

    [Fact]
    public async Task Looks_at_what_is_wrong_in_order()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("email name"));
        var closed = await TestPool.Create(world, PoolKinds.Of("closed"));
        await world.SignUp(pool, "ana@example.com");
        var weak = new { Password = "weak" };

        Assert.Equal(
            "ResourceNotFoundException: User pool client nobody does not exist.",
            await Refusal(new(world, pool.Id, "nobody"), "ana", "custom:x=1", weak));
        Assert.Equal(
            "NotAuthorizedException: SignUp is not permitted for this user pool",
            await Refusal(closed, "ana", "custom:x=1", weak));
        Assert.Equal(
            "InvalidParameterException: Username should be an email.",
            await Refusal(pool, "ana", "custom:x=1", weak));
        Assert.StartsWith(
            "InvalidPasswordException", await Refusal(pool, "ana@example.com", "custom:x=1", weak));
        Assert.StartsWith(
            "InvalidParameterException: Attributes", await Refusal(pool, "ana@example.com", "custom:x=1"));
        Assert.Equal(EmailTaken, await Refusal(pool, "ana@example.com", ""));

        Task<string> Refusal(TestPool where, string username, string attributes, object? more = null) =>
            world.LeavesNothing(() => world.SignUp(where, username, attributes, more));
    }

    [Theory]
    [InlineData("email", "email=ana@example.com;phone_number=+15551230000", "EMAIL", "a***@e***")]
    [InlineData("phone_number", "email=ana@example.com;phone_number=+15551230000", "SMS", "+*******0000")]
    [InlineData(
        "email,phone_number", "email=ana@example.com;phone_number=+15551230000", "SMS", "+*******0000")]
    [InlineData("email,phone_number", "email=ana@example.com", "EMAIL", "a***@e***")]
    [InlineData("email", "phone_number=+15551230000", null, null)]
    [InlineData("", "email=ana@example.com", null, null)]
    public async Task Sends_the_code_to_what_the_pool_verifies(
        string verifies, string attributes, string? medium, string? destination)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var verified = verifies.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var sms = new { SnsCallerArn = "arn:aws:iam::000000000000:role/sms" };
        var pool = await TestPool.Create(
            world, new { AutoVerifiedAttributes = verified, SmsConfiguration = sms });

        var answer = await world.SignUp(pool, "ana", attributes);

        Assert.False(answer["UserConfirmed"]!.GetValue<bool>());
        Assert.Equal(medium, answer["CodeDeliveryDetails"]?["DeliveryMedium"]?.GetValue<string>());
        Assert.Equal(destination, answer["CodeDeliveryDetails"]?["Destination"]?.GetValue<string>());
        Assert.Equal(medium == "EMAIL" ? 1 : 0, world.Email.Sent.Count);
        Assert.Equal(medium == "SMS" ? 1 : 0, world.Sms.Sent.Count);
    }

    [Theory, EachDatabase]
    public async Task Lets_two_users_claim_one_address_until_one_proves_it(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("email alias"));
        await pool.ConfirmedUser("ana", email: "ana@example.com");

        Assert.Equal("200", (await world.SignUp(pool, "ben", "email=ana@example.com")).ToString());
        Assert.Equal("true", await world.AttributeOf(pool, "ana", "email_verified"));
    }

    [Theory]
    [InlineData("ana@example.com", "200")]
    [InlineData("Ana@Example.com", EmailTaken)]
    public async Task Compares_addresses_that_are_names_as_the_pool_does(string name, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var sensitive = expected == "200";
        var pool = await TestPool.Create(
            world,
            Calls.Merge(
                PoolKinds.Of("email name"),
                new { UsernameConfiguration = new { CaseSensitive = sensitive } }));
        await world.SignUp(pool, "ANA@example.com");

        Assert.Equal(expected, (await world.SignUp(pool, name)).ToString());
    }

    [Fact]
    public async Task Names_the_attribute_that_somebody_has()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("both names"));
        await world.SignUp(pool, "+15551230000");

        Assert.Equal(PhoneTaken, await world.LeavesNothing(
            () => world.SignUp(pool, "ana@example.com", "phone_number=+15551230000")));
    }

    [Fact]
    public async Task Takes_another_spelling_of_the_name_where_the_pool_ignores_case()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world,
            Calls.Merge(
                PoolKinds.Of("email name"), new { UsernameConfiguration = new { CaseSensitive = false } }));

        var answer = await world.SignUp(pool, "ana@example.com", "email=Ana@Example.com");

        var sub = answer["UserSub"]!.GetValue<string>();
        Assert.Equal("Ana@Example.com", await world.AttributeOf(pool, sub, "email"));
        Assert.Equal("UserNotConfirmedException", (await pool.SignIn("ANA@example.com")).Code);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_fifty_at_once_one_gets_the_name(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("email name"));

        var answers = await world.Burst(
            50, "SignUp", _ => new { pool.ClientId, Username = "ana@example.com", TestPool.Password });

        Assert.Equal(1, answers["200"]);
        Assert.Equal(49, answers["UsernameExistsException"]);
        Assert.Single(world.Email.Sent);
        var users = await world.Must("ListUsers", new { UserPoolId = pool.Id });
        Assert.Single(users["Users"]!.AsArray());
    }

    private const string EmailShaped =
        "Username cannot be of email format, since user pool is configured for email alias.";

    private const string PreferredTooEarly =
        "Preferred username cannot be provided for unconfirmed account, "
        + "since user pool is configured for preferred username alias.";

    private const string PhoneShaped =
        "Username cannot be of phone number format, since user pool is configured for phone number alias.";

    private const string NoType =
        "Attributes did not conform to the schema: Type for attribute {custom:role} could not be determined";

    private const string PhoneTaken =
        "UsernameExistsException: An account with the given phone_number already exists.";
}
