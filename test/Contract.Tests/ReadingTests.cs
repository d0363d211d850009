using System.Text;
using CsCheck;
using Xunit;

namespace Lifeguard.Contract.Tests;

public sealed class ReadingTests
{
    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("42")]
    [InlineData("")]
    [InlineData(" \n")]
    public void A_body_that_is_no_object_is_refused_with_the_text_of_the_service(string body)
    {
        Assert.Equal("Expected map or null", Refusal<SignUpRequest>(body).Text);
    }

    [Theory]
    [InlineData("""{"Username":{}}""")]
    [InlineData("""{"Username":["ana"]}""")]
    [InlineData("""{"UserAttributes":[{"Name":{"a":1}}]}""")]
    [InlineData("""{"ClientMetadata":{"a":{"b":"c"}}}""")]
    public void A_structure_where_a_string_belongs_is_refused_with_the_text_of_the_service(string body)
    {
        Assert.Equal(
            "Start of structure or map found where not expected.", Refusal<SignUpRequest>(body).Text);
    }

    [Theory]
    [InlineData("""{"Username":true}""")]
    [InlineData("""{"Username":1}""")]
    [InlineData("""{"UserAttributes":{}}""")]
    [InlineData("""{"UserAttributes":["a"]}""")]
    [InlineData("""{"ClientMetadata":[]}""")]
    [InlineData("""{"ClientMetadata":{"a":1}}""")]
    [InlineData("""{"UserContextData":"a"}""")]
    [InlineData("""{"Username":"ana" """)]
    [InlineData("""{"Username":"ana"} x""")]
    [InlineData("""{"Username":"ana",}""")]
    [InlineData("""{Username:"ana"}""")]
    [InlineData("""{"Username":"\ud800"}""")]
    [InlineData("""{"Unknown":[}""")]
    [InlineData("nul")]
    public void Other_mismatches_and_malformed_bodies_are_refused_without_text(string body)
    {
        Assert.Null(Refusal<SignUpRequest>(body).Text);
    }

    [Theory]
    [InlineData("""{"MaxResults":"1"}""")]
    [InlineData("""{"MaxResults":1.5}""")]
    [InlineData("""{"MaxResults":99999999999}""")]
    [InlineData("""{"MaxResults":true}""")]
    public void A_number_must_be_a_whole_number_of_32_bits(string body)
    {
        Assert.Null(Refusal<ListUserPoolsRequest>(body).Text);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("\"2024-01-01\"")]
    [InlineData("1e300")]
    [InlineData("253402300800")]
    [InlineData("-62135596801")]
    public void An_instant_must_be_a_number_within_the_calendar(string value)
    {
        Assert.Throws<SerializationException>(
            () => Wire.Read(nameof(GroupType), $$"""{"CreationDate":{{value}}}"""));
    }

    [Fact]
    public void A_blob_must_be_base64()
    {
        Assert.Null(Refusal<SetUICustomizationRequest>("""{"ImageFile":"not base64!"}""").Text);
    }

    [Fact]
    public void A_boolean_sent_as_text_is_refused()
    {
        Assert.Null(Refusal<ConfirmSignUpRequest>("""{"ForceAliasCreation":"true"}""").Text);
    }

    [Fact]
    public void An_empty_body_is_a_request_where_nothing_is_required()
    {
        Assert.False(AssociateSoftwareTokenRequest.NeedsBody);
        Assert.True(SignUpRequest.NeedsBody);
        Assert.Null(Wire.Request<AssociateSoftwareTokenRequest>("").Session);
        Assert.Null(Wire.Request<AssociateSoftwareTokenRequest>(" \r\n").Session);
    }

    [Fact]
    public void Null_counts_as_absent_everywhere()
    {
        var request = Wire.Request<SignUpRequest>(
            """
            {"Username":null,"ClientMetadata":{"a":null,"b":"c"},
             "UserAttributes":[null,{"Name":"email","Value":null}],
             "UserContextData":null,"ValidationData":null}
            """);

        Assert.Null(request.Username);
        Assert.Equal(["b"], request.ClientMetadata!.Keys);
        Assert.Equal("email", Assert.Single(request.UserAttributes!).Name);
        Assert.Null(request.UserContextData);
        Assert.NotNull(Wire.Request<SignUpRequest>("null"));
    }

    [Fact]
    public void Unknown_members_are_skipped_at_every_depth()
    {
        var request = Wire.Request<SignUpRequest>(
            """
            {"New":{"a":[1,{"b":null}]},"username":"wrong case","Username":"ana",
             "UserAttributes":[{"Extra":[[]],"Name":"email","Value":"a@b"}],"More":1e999}
            """);

        Assert.Equal("ana", request.Username);
        Assert.Equal("a@b", Assert.Single(request.UserAttributes!).Value);
    }

    [Fact]
    public void The_last_of_equal_members_wins()
    {
        var request = Wire.Request<SignUpRequest>(
            """{"Username":"first","User\u006eame":"second","ClientMetadata":{"a":"1","a":"2"}}""");

        Assert.Equal("second", request.Username);
        Assert.Equal("2", request.ClientMetadata!["a"]);
    }

    [Fact]
    public void Nesting_is_bounded_even_where_it_is_skipped()
    {
        string Nested(int depth) =>
            $$"""{"Unknown":{{new string('[', depth)}}{{new string(']', depth)}},"Username":"ana"}""";

        Assert.Equal("ana", Wire.Request<SignUpRequest>(Nested(63)).Username);
        Assert.Null(Refusal<SignUpRequest>(Nested(64)).Text);
    }

    [Fact]
    public void A_refusal_never_repeats_the_body()
    {
        var refusal = Refusal<SignUpRequest>("""{"Password":["hunter2"]}""");

        Assert.DoesNotContain("hunter2", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_bytes_are_a_request_or_a_refusal()
    {
        Gen.Byte.Array[0, 200].Sample(ReadsOrRefuses, iter: 20_000);
    }

    [Fact]
    public void Any_nearly_valid_body_is_a_request_or_a_refusal()
    {
        var tokens = Gen.OneOf(
            "{", "}", "[", "]", ":", ",", "\"", "\\", "null", "true", "1", "-", "1.5", "1e9", "\"\\ud800\"",
            "\"\\u0041\"", "\"Username\":", "\"UserAttributes\":[{\"Name\":", "\"ClientMetadata\":{\"k\":",
            "\"Credential\":", "\"ImageFile\":", "\"Policies\":{\"PasswordPolicy\":",
            "\"MaxResults\":", "\"AQI=\"", " ");
        var bodies = tokens.Array[0, 30].Select(parts => Encoding.UTF8.GetBytes("{" + string.Concat(parts)));
        var damaged = Gen.Select(bodies, Gen.Int[0, 1000], Gen.Byte, (body, at, value) =>
        {
            body[at % body.Length] = at % 3 == 0 ? value : body[at % body.Length];
            return body;
        });

        damaged.Sample(ReadsOrRefuses, iter: 50_000);
    }

    [Fact]
    public void Any_damage_to_a_valid_body_leaves_a_request_or_a_refusal()
    {
        var body = Encoding.UTF8.GetBytes(
            Samples.Structure("CompleteWebAuthnRegistrationRequest", all: true).ToJsonString());

        Gen.Select(Gen.Int[0, body.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var damaged = body.ToArray();
            damaged[at] = value;
            ReadsOrRefuses(damaged);
        }, iter: 20_000);
    }

    // What is read must also be fit to be checked, written and read again.
    private static void ReadsOrRefuses(byte[] body)
    {
        Try<SignUpRequest>(body);
        Try<CreateUserPoolRequest>(body);
        Try<CompleteWebAuthnRegistrationRequest>(body);
        Try<SetUICustomizationRequest>(body);
        Try<ListUserPoolsRequest>(body);
        Try<AssociateSoftwareTokenRequest>(body);
    }

    private static void Try<T>(byte[] body)
        where T : IRequest<T>
    {
        T request;
        try
        {
            request = WireBody.ReadRequest<T>(body);
        }
        catch (SerializationException)
        {
            return;
        }
        Wire.Complaint(request);
        var written = WireBody.ToBytes(request);
        Assert.Equal(written, WireBody.ToBytes(WireBody.Read<T>(written)));
    }

    private static SerializationException Refusal<T>(string body)
        where T : IRequest<T> => Assert.Throws<SerializationException>(() => Wire.Request<T>(body));
}
