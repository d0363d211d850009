using System.Net;
using System.Text.Json;

namespace Lifeguard.Web.Tests;

public sealed class AwsJsonTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Exposed = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date";

    [Fact]
    public async Task Refuses_an_operation_that_does_not_exist()
    {
        var answer = await server.Call("NoSuchOperation");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("""{"__type":"UnknownOperationException"}""", answer.Body);
        Assert.Equal("UnknownOperationException:", answer.Header("x-amzn-ErrorType"));
        Assert.Null(answer.Header("x-amzn-ErrorMessage"));
        Assert.Equal("application/x-amz-json-1.1", answer.Header("Content-Type"));
    }

    [Theory]
    [InlineData("SomeOtherService.ListUserPools")]
    [InlineData("ListUserPools")]
    [InlineData("awscognitoidentityproviderservice.ListUserPools")]
    public async Task Refuses_a_target_of_another_service(string target)
    {
        var answer = await server.Send(HttpMethod.Post, "/", "{}", ("X-Amz-Target", target));
        Assert.Equal("""{"__type":"UnknownOperationException"}""", answer.Body);
    }

    [Fact]
    public async Task Tells_a_refusal_in_the_body_and_in_headers()
    {
        const string text = "User pool us-east-1_000000000 does not exist.";
        var answer = await server.Call("DescribeUserPool", """{"UserPoolId":"us-east-1_000000000"}""");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal($$"""{"__type":"ResourceNotFoundException","message":"{{text}}"}""", answer.Body);
        Assert.Equal("ResourceNotFoundException:", answer.Header("x-amzn-ErrorType"));
        Assert.Equal(text, answer.Header("x-amzn-ErrorMessage"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"ClientId\":")]
    [InlineData("{}{}")]
    public async Task Refuses_what_is_no_JSON_without_a_message(string body)
    {
        var answer = await server.Call("InitiateAuth", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("""{"__type":"SerializationException"}""", answer.Body);
        Assert.Equal("SerializationException:", answer.Header("x-amzn-ErrorType"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    public async Task Writes_the_message_of_serialization_errors_with_a_capital(string body)
    {
        var answer = await server.Call("InitiateAuth", body);
        Assert.Equal("""{"__type":"SerializationException","Message":"Expected map or null"}""", answer.Body);
    }

    [Fact]
    public async Task Puts_type_before_message_and_tells_the_length()
    {
        var answer = await server.Call("InitiateAuth");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith(
            """{"__type":"InvalidParameterException","message":"2 validation errors detected""", answer.Body);
        Assert.Equal($"{answer.Body.Length}", answer.Header("Content-Length"));
        Assert.Equal("InvalidParameterException:", answer.Header("x-amzn-ErrorType"));
    }

    [Fact]
    public async Task Keeps_the_message_header_within_printable_ASCII()
    {
        var answer = await server.Call(
            "ConfirmSignUp", """{"ClientId":"c","Username":"u","ConfirmationCode":"é\r\nX: y"}""");
        var header = answer.Header("x-amzn-ErrorMessage");
        Assert.NotNull(header);
        Assert.DoesNotContain(header, c => c is < ' ' or > '~');
        Assert.Null(answer.Header("X"));
        using var body = JsonDocument.Parse(answer.Body);
        Assert.Contains("é\r\nX: y", body.RootElement.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Gives_every_call_an_id_of_its_own()
    {
        var ids = new[] { await server.Call("NoSuch"), await server.Call("NoSuch") }
            .Select(answer => answer.Header("x-amzn-RequestId")!)
            .ToArray();
        Assert.NotEqual(ids[0], ids[1]);
        Assert.All(
            ids, id => Assert.Matches("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", id));
        Assert.All(ids, id => Assert.Equal('4', id[14]));
    }

    [Theory]
    [InlineData("application/x-amz-json-1.1")]
    [InlineData("application/x-amz-json-1.1; charset=utf-8")]
    [InlineData("Application/X-Amz-Json-1.0")]
    [InlineData("application/json;charset=UTF-8")]
    [InlineData(null)]
    public async Task Takes_JSON_under_its_usual_names(string? contentType)
    {
        var answer = await server.Call("NoSuchOperation", "{}", contentType);
        Assert.Equal("""{"__type":"UnknownOperationException"}""", answer.Body);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/cbor")]
    [InlineData("nonsense")]
    public async Task Refuses_other_content_types(string contentType) =>
        MustBeNoCall(await server.Call("ListUserPools", "{}", contentType));

    [Fact]
    public async Task Answers_a_look_at_the_root_with_a_small_JSON() => MustBeNoCall(await server.Get("/"));

    [Fact]
    public async Task Refuses_a_post_without_target() =>
        MustBeNoCall(await server.Send(HttpMethod.Post, "/", "{}"));

    [Fact]
    public async Task Lets_pages_of_any_origin_read_answers_and_never_allows_credentials()
    {
        Answer[] answers =
        [
            await server.Call("NoSuch"), await server.Call("InitiateAuth", "{"), await server.Get("/"),
        ];
        Assert.All(answers, answer =>
        {
            Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
            Assert.Equal(Exposed, answer.Header("Access-Control-Expose-Headers"));
            Assert.Null(answer.Header("Access-Control-Allow-Credentials"));
        });
    }

    [Fact]
    public async Task Answers_a_preflight()
    {
        const string asked = "content-type,x-amz-target,x-amz-user-agent,cache-control";
        var answer = await server.Send(
            HttpMethod.Options,
            "/",
            null,
            ("Origin", "https://app.example"),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", asked));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("0", answer.Header("Content-Length"));
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal("POST", answer.Header("Access-Control-Allow-Methods"));
        Assert.Equal(asked, answer.Header("Access-Control-Allow-Headers"));
        Assert.Equal(Exposed, answer.Header("Access-Control-Expose-Headers"));
        Assert.Equal("172800", answer.Header("Access-Control-Max-Age"));
    }

    [Fact]
    public async Task Refuses_a_body_that_announces_its_excess()
    {
        var answer = await server.Call("InitiateAuth", new string(' ', 65_537));
        MustBeTooLarge(answer);
    }

    [Fact]
    public async Task Refuses_a_body_of_unknown_length_once_it_is_too_long()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/");
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService.InitiateAuth");
        request.Headers.TransferEncodingChunked = true;
        request.Content = new StringContent(new string(' ', 100_000));
        request.Content.Headers.ContentType = new("application/json");
        MustBeTooLarge(await server.Send(request));
    }

    [Fact]
    public async Task Takes_a_body_of_just_the_longest_length()
    {
        var answer = await server.Call("InitiateAuth", "{}".PadRight(65_536));
        Assert.Contains("InvalidParameterException", answer.Body);
    }

    [Fact]
    public async Task Does_not_say_what_software_it_is()
    {
        var answer = await server.Call("NoSuch");
        Assert.Null(answer.Header("Server"));
        Assert.NotNull(answer.Header("Date"));
    }

    [Fact]
    public async Task Answers_for_another_region_at_a_path_of_its_own()
    {
        (string, string) target = ("X-Amz-Target", "AWSCognitoIdentityProviderService.ListUserPools");
        var answer = await server.Send(
            HttpMethod.Post, "/_region/eu-west-1", """{"MaxResults":5}""", target);
        Assert.Equal("""{"UserPools":[]}""", answer.Body);

        var preflight = await server.Send(HttpMethod.Options, "/_region/eu-west-1", null, ("Origin", "x"));
        Assert.Equal("*", preflight.Header("Access-Control-Allow-Origin"));
        MustBeNoCall(await server.Send(HttpMethod.Post, "/_region/nowhere", "{}", target));
        MustBeNoCall(await server.Send(HttpMethod.Post, "/_region/eu-west-1", "{}"));
        MustBeNoCall(await server.Get("/_region/eu-west-1", target));
        var elsewhere = await server.Send(HttpMethod.Post, "/_region/eu-west-1/more", "{}", target);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.Status);
    }

    private static void MustBeNoCall(Answer answer)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        using var body = JsonDocument.Parse(answer.Body);
        Assert.Equal("BadRequest", body.RootElement.GetProperty("code").GetString());
        var names = body.RootElement.EnumerateObject().Select(member => member.Name);
        Assert.Equal(["code", "message", "type"], names);
    }

    private static void MustBeTooLarge(Answer answer)
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        Assert.StartsWith("""{"__type":"RequestEntityTooLargeException",""", answer.Body);
        Assert.Equal("RequestEntityTooLargeException:", answer.Header("x-amzn-ErrorType"));
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
    }
}
