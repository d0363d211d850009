using System.Text;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Protocol.SigV4;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Time.Testing;

namespace Lifeguard.Adapters.Tests;

/// <summary>Text messages by SNS and by Twilio.</summary>
public sealed class SmsProvidersTests : IDisposable
{
    private static readonly SigV4Credentials Credentials = new("AKIDEXAMPLE", "secret");

    private static readonly SmsMessage Message =
        new("msg-1", "eu-west-1_A", "+14155552671", "Code 123456 & ü");

    private readonly FakeTimeProvider clock = new(new(2026, 11, 5, 4, 3, 2, TimeSpan.Zero));
    private readonly GuardedHttp http = new(TimeProvider.System);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task SNS_publishes_to_the_number_in_the_pools_region()
    {
        await using var stub = await HttpStub.Start(200, "<PublishResponse/>");

        await Sns(stub).Send(Message with { Route = new() { Region = "eu-west-1" } }, Cancelled);

        var sent = stub.Requests.Single();
        var form = Form(sent);
        Assert.Equal("Publish", form["Action"]);
        Assert.Equal("2010-03-31", form["Version"]);
        Assert.Equal("+14155552671", form["PhoneNumber"]);
        Assert.Equal("Code 123456 & ü", form["Message"]);
        Assert.Equal(
            new() { ["AWS.SNS.SMS.SMSType"] = "Transactional", ["AWS.SNS.SMS.SenderID"] = "MyApp" },
            AttributesIn(form));
        var again = SigV4Signer.Sign(
            Credentials, "eu-west-1", "sns", "POST", stub.Address,
            new Dictionary<string, string> { ["Content-Type"] = "application/x-www-form-urlencoded" },
            Encoding.UTF8.GetBytes(sent.Body), clock.GetUtcNow());
        Assert.Equal(again["Authorization"], sent.Headers["Authorization"]);
    }

    [Theory]
    [InlineData("+15550001111", "AWS.MM.SMS.OriginationNumber", "+15550001111")]
    [InlineData("Other", "AWS.SNS.SMS.SenderID", "Other")]
    [InlineData("arn:aws:sms-voice:us-east-1:1:sender-id/Other/DE", "AWS.SNS.SMS.SenderID", "Other")]
    [InlineData("arn:aws:sms-voice:us-east-1:1:pool/pool-1", null, null)]
    [InlineData("far too long a name", null, null)]
    public async Task SNS_sends_as_the_pools_origin_where_it_knows_such(
        string origin, string? name, string? value)
    {
        await using var stub = await HttpStub.Start(200, "");
        var route = new DeliveryRoute { Identity = origin, EntityId = "1101", TemplateId = "1107" };

        await Sns(stub).Send(Message with { Route = route }, Cancelled);

        var attributes = AttributesIn(Form(stub.Requests.Single()));
        Assert.Equal("1101", attributes["AWS.MM.SMS.EntityId"]);
        Assert.Equal("1107", attributes["AWS.MM.SMS.TemplateId"]);
        if (name is null) Assert.Equal(3, attributes.Count);
        else Assert.Equal(value, attributes[name]);
    }

    [Theory]
    [InlineData(400, "InvalidParameter", true)]
    [InlineData(400, "OptedOut", true)]
    [InlineData(400, "Throttling", false)]
    [InlineData(403, "AuthorizationError", false)]
    [InlineData(500, "InternalError", false)]
    [InlineData(503, "<", false)]
    public async Task SNS_is_final_only_about_number_and_text(int status, string code, bool isFinal)
    {
        await using var stub = await HttpStub.Start(
            status,
            $"<ErrorResponse><Error><Code>{code}</Code><Message>+14155552671</Message></Error>"
                + "</ErrorResponse>");

        var refused = await Assert.ThrowsAsync<DeliveryException>(() => Sns(stub).Send(Message, Cancelled));

        Assert.Equal(isFinal, refused.IsPermanent);
        Assert.Equal(
            $"SNS refused the message: {(code == "<" ? "status 503" : code)}.", refused.Message);
    }

    [Fact]
    public async Task A_pool_that_names_End_User_Messaging_sends_by_it()
    {
        await using var stub = await HttpStub.Start(200, """{"MessageId":"1"}""");
        var route = new DeliveryRoute
        {
            IsByEndUserMessaging = true,
            Identity = "pool-1",
            ConfigurationSet = "codes",
            Region = "eu-west-1",
            EntityId = "1101",
            TemplateId = "1107",
        };

        await Aws(stub).Send(Message with { Route = route }, Cancelled);
        await Aws(stub).Send(Message, Cancelled);

        var sent = stub.Requests[0];
        Assert.Equal("PinpointSMSVoiceV2.SendTextMessage", sent.Headers["X-Amz-Target"]);
        Assert.Contains(
            "/eu-west-1/sms-voice/aws4_request", sent.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Equal(
            """
            {"DestinationPhoneNumber":"\u002B14155552671","MessageBody":"Code 123456 \u0026 \u00FC",
            """
            + """
            "MessageType":"TRANSACTIONAL","OriginationIdentity":"pool-1","ConfigurationSetName":"codes",
            """
            + """
            "DestinationCountryParameters":{"IN_ENTITY_ID":"1101","IN_TEMPLATE_ID":"1107"}}
            """,
            sent.Body);
        Assert.Equal("Publish", Form(stub.Requests[1])["Action"]);
    }

    [Theory]
    [InlineData("ValidationException", true)]
    [InlineData("ConflictException", true)]
    [InlineData("ThrottlingException", false)]
    [InlineData("ResourceNotFoundException", false)]
    public async Task End_User_Messaging_is_final_only_about_number_and_text(string error, bool isFinal)
    {
        await using var stub = await HttpStub.Start(
            400, $$"""{"__type":"com.amazonaws#{{error}}","Message":"+14155552671"}""");

        var refused = await Assert.ThrowsAsync<DeliveryException>(() => Aws(stub).Send(
            Message with { Route = new() { IsByEndUserMessaging = true } }, Cancelled));

        Assert.Equal(
            (isFinal, $"End User Messaging refused the message: {error}."),
            (refused.IsPermanent, refused.Message));
    }

    [Theory]
    [InlineData("+15550001111", "From")]
    [InlineData("MyApp", "From")]
    [InlineData("MG0123456789abcdef0123456789abcdef", "MessagingServiceSid")]
    public async Task Twilio_is_posted_a_form_under_the_account(string from, string field)
    {
        await using var stub = await HttpStub.Start(201, """{"sid":"SM1"}""");

        await Twilio(stub, from).Send(Message, Cancelled);

        var sent = stub.Requests.Single();
        Assert.Equal("/2010-04-01/Accounts/AC1/Messages.json", sent.Target);
        Assert.Equal(
            $"Basic {Convert.ToBase64String("AC1:token"u8)}", sent.Headers["Authorization"]);
        var form = Form(sent);
        Assert.Equal("+14155552671", form["To"]);
        Assert.Equal("Code 123456 & ü", form["Body"]);
        Assert.Equal(from, form[field]);
        Assert.Equal(3, form.Count);
    }

    [Theory]
    [InlineData(400, """{"code":21211,"message":"+14155552671"}""", true, "error 21211")]
    [InlineData(400, """{"code":21610}""", true, "error 21610")]
    [InlineData(400, """{"code":21408}""", true, "error 21408")]
    [InlineData(400, """{"code":21606}""", false, "error 21606")]
    [InlineData(401, """{"code":20003}""", false, "error 20003")]
    [InlineData(429, """{"code":20429}""", false, "error 20429")]
    [InlineData(503, "no JSON", false, "status 503")]
    [InlineData(400, """{"code":"x"}""", false, "status 400")]
    public async Task Twilio_is_final_only_about_number_and_text(
        int status, string body, bool isFinal, string reason)
    {
        await using var stub = await HttpStub.Start(status, body);

        var refused = await Assert.ThrowsAsync<DeliveryException>(
            () => Twilio(stub, "MyApp").Send(Message, Cancelled));

        Assert.Equal(
            (isFinal, $"Twilio refused the message: {reason}."), (refused.IsPermanent, refused.Message));
    }

    [Theory]
    [InlineData("None", "", "+15551230001", null)]
    [InlineData("Possible", "", "+15551230001", null)]
    [InlineData("Possible", "", "+1555123000", "The recipient is not a valid phone number.")]
    [InlineData("Possible", "", "+999123456", "The recipient is not a phone number.")]
    [InlineData("Valid", "", "+15551230001", "The recipient is not a valid phone number.")]
    [InlineData("Valid", "", "+14155552671", null)]
    [InlineData("None", "US", "+14155552671", null)]
    [InlineData("None", "us, CA", "+14155552671", null)]
    [InlineData("None", "US", "+12423456789", NotAllowed)]
    [InlineData("None", "BS", "+12423456789", null)]
    [InlineData("None", "DE,+44", "+442083661177", null)]
    [InlineData("None", "DE,+44", "+14155552671", NotAllowed)]
    [InlineData("None", "+1", "+15551230001", null)]
    public async Task Only_admitted_numbers_are_written_to(
        string check, string countries, string number, string? reason)
    {
        var inbox = new Inbox(clock);
        var rules = new NumberRules(
            Enum.Parse<NumberCheck>(check), countries.Length > 0 ? NumberRules.Parse(countries)! : []);
        var sender = new CheckedSmsSender(inbox, rules);

        var refused = await Record.ExceptionAsync(() => sender.Send(Message with { To = number }, Cancelled));

        Assert.Equal(reason, refused?.Message);
        Assert.Equal(reason is null ? 1 : 0, inbox.List(9).Count);
        if (refused is not null) Assert.True(Assert.IsType<DeliveryException>(refused).IsPermanent);
    }

    [Theory]
    [InlineData(",")]
    [InlineData("Germany")]
    [InlineData("DE;AT")]
    [InlineData("+")]
    [InlineData("+0")]
    [InlineData("+4x")]
    public void A_list_of_countries_holds_regions_and_calling_codes(string list) =>
        Assert.Null(NumberRules.Parse(list));

    private const string NotAllowed = "Text messages to this country are not allowed.";

    private static Dictionary<string, string> Form(HttpStub.Recorded sent) =>
        new FormReader(sent.Body).ReadForm()
            .ToDictionary(field => field.Key, field => field.Value.ToString());

    private static Dictionary<string, string> AttributesIn(Dictionary<string, string> form) => form
        .Where(field => field.Key.EndsWith(".Name", StringComparison.Ordinal))
        .ToDictionary(
            field => field.Value,
            field => form[field.Key.Replace(".Name", ".Value.StringValue", StringComparison.Ordinal)]);

    private SnsSmsSender Sns(HttpStub stub) => new(
        http, new("us-west-2", "MyApp", new() { Endpoint = stub.Address, Credentials = Credentials }), clock);

    private AwsSmsSender Aws(HttpStub stub)
    {
        var options = new SnsOptions(
            "us-west-2", null, new() { Endpoint = stub.Address, Credentials = Credentials });
        return new(new(http, options, clock), new(http, options, clock));
    }

    private TwilioSmsSender Twilio(HttpStub stub, string from) =>
        new(http, new(stub.Address, "AC1", "token", from), clock);
}
