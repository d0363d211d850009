using System.Text;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Protocol.SigV4;
using Microsoft.Extensions.Time.Testing;

namespace Lifeguard.Adapters.Tests;

public sealed class SesEmailSenderTests : IDisposable
{
    private const string Identity = "arn:aws:ses:eu-west-1:111122223333:identity/pool.example";

    private static readonly SigV4Credentials Credentials = new("AKIDEXAMPLE", "secret");

    private readonly FakeTimeProvider clock = new(new(2026, 11, 5, 4, 3, 2, TimeSpan.Zero));
    private readonly GuardedHttp http = new(TimeProvider.System);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task Sends_the_message_as_the_pools_identity_with_its_configuration_set()
    {
        await using var stub = await HttpStub.Start(200, """{"MessageId":"1"}""");

        await Sender(stub).Send(
            Message() with { Route = new() { Identity = Identity, ConfigurationSet = "codes" } }, Cancelled);

        var sent = stub.Requests.Single();
        Assert.Equal("/v2/email/outbound-emails", sent.Target);
        using var body = JsonDocument.Parse(sent.Body);
        var root = body.RootElement;
        Assert.Equal(Identity, root.GetProperty("FromEmailAddressIdentityArn").GetString());
        Assert.Equal("codes", root.GetProperty("ConfigurationSetName").GetString());
        Assert.Equal(
            "ana@example.com",
            Assert.Single(root.GetProperty("Destination").GetProperty("ToAddresses").EnumerateArray())
                .GetString());
        var mail = Mail(root);
        Assert.Contains("From: The Pool <no-reply@pool.example>", mail, StringComparison.Ordinal);
        Assert.Contains("Reply-To: help@pool.example", mail, StringComparison.Ordinal);
        Assert.Contains("To: ana@example.com", mail, StringComparison.Ordinal);
        Assert.Contains("Your code is <b>123456</b>", mail, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', mail.Replace("\r\n", "", StringComparison.Ordinal));
        var again = SigV4Signer.Sign(
            Credentials, "eu-west-1", "ses", "POST", new(stub.Address, sent.Target),
            new Dictionary<string, string> { ["Content-Type"] = "application/json" },
            Encoding.UTF8.GetBytes(sent.Body), clock.GetUtcNow());
        Assert.Equal(again["Authorization"], sent.Headers["Authorization"]);
    }

    [Fact]
    public async Task The_date_is_that_of_the_message_and_not_of_the_try()
    {
        await using var stub = await HttpStub.Start(200, "{}");

        await Sender(stub).Send(
            Message() with { CreatedAt = new(2026, 11, 4, 1, 2, 3, TimeSpan.Zero) }, Cancelled);

        using var body = JsonDocument.Parse(stub.Requests.Single().Body);
        Assert.Contains(
            "Date: Wed, 04 Nov 2026 01:02:03 +0000", Mail(body.RootElement), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_as_the_deployment_in_its_own_region_where_the_pool_names_nobody()
    {
        await using var stub = await HttpStub.Start(200, "{}");

        await Sender(stub).Send(Message() with { From = null }, Cancelled);

        var sent = stub.Requests.Single();
        using var body = JsonDocument.Parse(sent.Body);
        Assert.False(body.RootElement.TryGetProperty("FromEmailAddressIdentityArn", out _));
        Assert.Contains("From: own@example.com", Mail(body.RootElement), StringComparison.Ordinal);
        Assert.Contains(
            "/us-west-2/ses/aws4_request", sent.Headers["Authorization"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "MessageRejected", true)]
    [InlineData(400, "BadRequestException", true)]
    [InlineData(400, "MailFromDomainNotVerifiedException", false)]
    [InlineData(400, "SendingPausedException", false)]
    [InlineData(403, "AccessDeniedException", false)]
    [InlineData(404, "NotFoundException", false)]
    [InlineData(429, "TooManyRequestsException", false)]
    [InlineData(500, "", false)]
    public async Task Only_what_is_said_against_the_message_is_final(int status, string error, bool isFinal)
    {
        await using var stub = await HttpStub.Start(
            status, """{"message":"Not ana@example.com"}""", ("x-amzn-ErrorType", error));

        var refused = await Assert.ThrowsAsync<DeliveryException>(
            () => Sender(stub).Send(Message(), Cancelled));

        Assert.Equal(isFinal, refused.IsPermanent);
        Assert.DoesNotContain("ana@", refused.Message, StringComparison.Ordinal);
        Assert.Contains(error.Length > 0 ? error : "500", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_address_never_leaves()
    {
        await using var stub = await HttpStub.Start(200, "{}");

        var refused = await Assert.ThrowsAsync<DeliveryException>(
            () => Sender(stub).Send(Message() with { To = "ana@example.com, bob@example.com" }, Cancelled));

        Assert.True(refused.IsPermanent);
        Assert.Empty(stub.Requests);
    }

    [Fact]
    public async Task A_name_with_dots_where_none_may_stand_travels_in_quotes()
    {
        await using var stub = await HttpStub.Start(200, "{}");

        await Sender(stub).Send(Message() with { To = "ana.@carrier.example" }, Cancelled);

        using var body = JsonDocument.Parse(stub.Requests.Single().Body);
        Assert.Equal(
            "\"ana.\"@carrier.example",
            Assert.Single(body.RootElement.GetProperty("Destination").GetProperty("ToAddresses")
                .EnumerateArray()).GetString());
        Assert.Contains(
            "\nTo: \"ana.\"@carrier.example\r\n", Mail(body.RootElement), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Domains_travel_encoded_and_other_letters_beyond_ASCII_not_at_all()
    {
        await using var stub = await HttpStub.Start(200, "{}");
        var message = Message() with { To = "ana@bücher.example" };

        await Sender(stub).Send(message, Cancelled);

        using var body = JsonDocument.Parse(stub.Requests.Single().Body);
        Assert.Equal(
            "ana@xn--bcher-kva.example",
            Assert.Single(body.RootElement.GetProperty("Destination").GetProperty("ToAddresses")
                .EnumerateArray()).GetString());
        var refused = await Assert.ThrowsAsync<DeliveryException>(
            () => Sender(stub).Send(message with { To = "jürgen@example.com" }, Cancelled));
        Assert.True(refused.IsPermanent);
        Assert.Single(stub.Requests);
    }

    private static EmailMessage Message() => new(
        "msg-1", "eu-west-1_A", "The Pool <no-reply@pool.example>", "help@pool.example", "ana@example.com",
        "Code", "Your code is <b>123456</b>");

    private static string Mail(JsonElement root) => Encoding.UTF8.GetString(
        root.GetProperty("Content").GetProperty("Raw").GetProperty("Data").GetBytesFromBase64());

    private SesEmailSender Sender(HttpStub stub) => new(
        http,
        new("own@example.com", "us-west-2", new() { Endpoint = stub.Address, Credentials = Credentials }),
        clock);
}
