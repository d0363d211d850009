using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Framework;

/// <summary>What is refused before an operation is asked.</summary>
public sealed class FrontTests
{
    [Theory]
    [InlineData("DescribeEverything")]
    [InlineData("initiateAuth")]
    [InlineData("InitiateAuth ")]
    [InlineData("")]
    public async Task Knows_only_the_operations_of_the_service(string operation)
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        var answer = await world.Send(operation, "{}");

        Assert.Equal((400, "UnknownOperationException", null), (answer.Status, answer.Code, answer.Message));
    }

    // The texts are the service's where they are known.
    [Theory]
    [InlineData("[]", "Expected map or null")]
    [InlineData("\"text\"", "Expected map or null")]
    [InlineData("""{"ClientId":{}}""", "Start of structure or map found where not expected.")]
    [InlineData("""{"ClientId":[]}""", "Start of structure or map found where not expected.")]
    [InlineData("""{"ClientId":7}""", null)]
    [InlineData("""{"ClientId":true}""", null)]
    [InlineData("""{"AuthParameters":"USERNAME"}""", null)]
    [InlineData("{", null)]
    [InlineData("""{"ClientId":"a"} trailing""", null)]
    [InlineData("""{"ClientId":"\ud800"}""", null)]
    public async Task Refuses_a_body_that_is_not_of_the_request_s_shape(string body, string? text)
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        var answer = await world.Send("InitiateAuth", body);

        Assert.Equal((400, "SerializationException"), (answer.Status, answer.Code));
        if (text is not null) Assert.Equal(text, answer.Message);
    }

    [Fact]
    public async Task Takes_null_for_absent_and_ignores_what_it_does_not_know()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");

        var answer = await world.Send(
            "InitiateAuth",
            $$"""
            {
              "Novelty": { "deep": [1, { "a": null }] }, "ClientMetadata": null, "Session": null,
              "AuthFlow": "USER_PASSWORD_AUTH", "ClientId": "{{pool.ClientId}}",
              "AuthParameters": { "USERNAME": "ana", "PASSWORD": "{{TestPool.Password}}" }
            }
            """);

        Assert.Equal("200", answer.ToString());
    }

    [Fact]
    public async Task Names_all_violations_in_one_message_and_echoes_nothing_sensitive()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        var request = new { AuthFlow = "GUESS", ClientId = "not a client id" };
        var answer = await world.Call("InitiateAuth", request);

        Assert.Equal("InvalidParameterException", answer.Code);
        Assert.Matches(
            "^2 validation errors detected: "
            + @"Value 'GUESS' at 'authFlow' failed to satisfy constraint: Member must satisfy enum value "
            + @"set: \[[A-Z_, ]+\]; "
            + @"Value at 'clientId' failed to satisfy constraint: "
            + @"Member must satisfy regular expression pattern: \[\\w\+\]\+$",
            answer.Message);
        Assert.Contains("USER_SRP_AUTH", answer.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not a client id", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "AdminGetUser", """{"UserPoolId":"us-east-1_a"}""",
        "Value null at 'username' failed to satisfy constraint: Member must not be null")]
    [InlineData(
        "AdminSetUserPassword", """{"UserPoolId":"us-east-1_a","Username":"ana","Password":"two words "}""",
        "Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ")]
    [InlineData(
        "RespondToAuthChallenge",
        """{"ClientId":"a","ChallengeName":"PASSWORD_VERIFIER","Session":"short"}""",
        "Value at 'session' failed to satisfy constraint: "
        + "Member must have length greater than or equal to 20")]
    public async Task Words_a_single_violation_as_the_service_does(
        string operation, string body, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        var answer = await world.Send(operation, body);

        Assert.StartsWith(
            "InvalidParameterException: 1 validation error detected: " + expected,
            answer.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ignores_a_signature_on_what_needs_none()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, signatures: new(AcceptsAnybody: false, IsStrict: true));

        var answer = await world.Send(
            "InitiateAuth",
            """{"ClientId":"unknown","AuthFlow":"USER_SRP_AUTH"}""",
            name => name.Equals("authorization", StringComparison.OrdinalIgnoreCase) ? "nonsense" : null);

        Assert.Equal(
            "ResourceNotFoundException: User pool client unknown does not exist.", answer.ToString());
    }
}
