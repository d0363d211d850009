using System.Text.Json;
using System.Text.RegularExpressions;
using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Golden;

/// <summary>What an event must look like, as the service documents it. Written apart from the approved files,
/// so that a wrong one cannot pass.</summary>
/// <param name="UserName">Of the event.</param>
/// <param name="Request">The members of <c>request</c>, in any order: <c>name:form</c>, where the form is one
/// of those in <see cref="Holds"/>.</param>
/// <param name="Response">What the function finds in <c>response</c>, as JSON.</param>
internal sealed partial record ExpectedEvent(string UserName, string Request, string Response = "{}")
{
    private const string Role = "arn:aws:iam::000000000000:role/";

    /// <summary>What is told of a risky sign-in; where it was is known only with a table of
    /// addresses.</summary>
    private static readonly string[] Notice =
    [
        "EVENT_ID", "USER_NAME", "IP_ADDRESS", "ACCOUNT_TAKE_OVER_ACTION", "LOGIN_TIME", "CITY", "COUNTRY",
        "DEVICE_NAME", "FEEDBACK_TOKEN", "ONE_CLICK_LINK_VALID", "ONE_CLICK_LINK_INVALID",
    ];

    private static readonly string[] Envelope =
    [
        "version", "triggerSource", "region", "userPoolId", "userName", "callerContext", "request",
        "response",
    ];

    /// <summary>A call of an administrator has no client.</summary>
    public bool HasClient { get; init; } = true;

    /// <summary>The client that made the call is the SDK; else one whose name is no SDK's.</summary>
    public bool IsBySdk { get; init; } = true;

    /// <summary>Looks at every field.</summary>
    public void MustDescribe(string kind, JsonElement came)
    {
        Assert.Equal(Envelope.Order(), Names(came).Order());
        Assert.Equal(kind, $"{came.Text("triggerSource")}.v{came.Text("version")}");
        Assert.Equal("us-east-1", came.Text("region"));
        Assert.Matches("^us-east-1_[0-9A-Za-z]{9}$", came.Text("userPoolId"));
        Assert.Equal(UserName, came.Text("userName"));
        var caller = came.GetProperty("callerContext");
        Assert.Equal(["awsSdkVersion", "clientId"], Names(caller).Order());
        Assert.Matches(
            IsBySdk ? @"^aws-sdk-js-3\.\d+\.\d+$" : "^aws-sdk-unknown-unknown$",
            caller.Text("awsSdkVersion"));
        Assert.Matches(HasClient ? "^[0-9a-z]{26}$" : "^CLIENT_ID_NOT_APPLICABLE$", caller.Text("clientId"));
        Assert.Equal(Response, came.GetProperty("response").GetRawText());
        MustHoldRequest(came.GetProperty("request"));
    }

    private void MustHoldRequest(JsonElement request)
    {
        var members = Request.Split(' ').Select(member => member.Split(':', 2)).ToList();
        Assert.Equal(members.Select(member => member[0]).Order(), Names(request).Order());
        foreach (var member in members)
        {
            var value = request.GetProperty(member[0]);
            Assert.True(Holds(member[1], value), $"{member[0]} is no {member[1]}: {value.GetRawText()}");
        }
    }

    private static bool Holds(string form, JsonElement value) => form switch
    {
        // An existing user, whose verification flags are texts.
        "user" => IsTexts(value)
            && Uuid().IsMatch(value.Text("sub"))
            && value.TryGetProperty("cognito:user_status", out var status)
            && status.GetString() is "CONFIRMED" or "UNCONFIRMED" or "FORCE_CHANGE_PASSWORD",
        // One who does not exist yet: only what was submitted.
        "submitted" => IsTexts(value) && value.EnumerateObject().All(
            attribute => attribute.Name is "email" or "email_verified" or "phone_number"),
        "nothing" => value.GetRawText() == "{}",
        "ticket" => value.GetRawText() == """{"ticket":"T-17"}""",
        "plan" => value.GetRawText() == """{"plan":"gold"}""",
        "null" => value.ValueKind == JsonValueKind.Null,
        "false" => value.ValueKind == JsonValueKind.False,
        "true" => value.ValueKind == JsonValueKind.True,
        "history" => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(IsPast),
        "groups" => value.GetRawText() == $$"""
            {"groupsToOverride":["admins","staff"],
            "iamRolesToOverride":["{{Role}}admins","{{Role}}staff"],
            "preferredRole":"{{Role}}admins"}
            """.ReplaceLineEndings(""),
        "nogroups" => value.GetRawText() ==
            """{"groupsToOverride":[],"iamRolesToOverride":[],"preferredRole":null}""",
        "userscopes" => value.GetRawText() == """["aws.cognito.signin.user.admin"]""",
        "provided" => Names(value).SequenceEqual(["tokenResponse", "idToken", "userInfo"])
            && value.GetProperty("idToken").Text("sub") == "ana"
            && value.GetProperty("userInfo").GetRawText() == """{"sub":"ana","email":"ana@example.com"}""",
        "pagescopes" => value.GetRawText() == """["openid","email"]""",
        "machinescopes" => value.GetRawText() == """["moons/read"]""",
        "riddle" => value.GetRawText() == """{"answer":"green"}""",
        // A blank would end the member.
        "link" => value.GetString() == "{##Click Here##}",
        "notice" => Names(value).SequenceEqual(Notice) && value.EnumerateObject().All(fact =>
            fact.Value.ValueKind == (fact.Name is "CITY" or "COUNTRY"
                ? JsonValueKind.Null
                : JsonValueKind.String)),
        "encrypted" => value.ValueKind == JsonValueKind.String
            && Convert.TryFromBase64String(value.GetString()!, new byte[65536], out var length)
            && length > 200,
        _ when form.StartsWith('=') =>
            value.ValueKind == JsonValueKind.String && value.GetString() == form[1..],
        _ => throw new ArgumentException($"{form} is no form."),
    };

    private static bool IsPast(JsonElement past) =>
        Names(past).SequenceEqual(["challengeName", "challengeResult", "challengeMetadata"])
        && past.Text("challengeName") == "CUSTOM_CHALLENGE"
        && past.GetProperty("challengeResult").ValueKind is JsonValueKind.True or JsonValueKind.False
        && past.Text("challengeMetadata") == "RIDDLE";

    private static bool IsTexts(JsonElement map) =>
        map.ValueKind == JsonValueKind.Object
        && map.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.String);

    private static IEnumerable<string> Names(JsonElement map) =>
        map.EnumerateObject().Select(member => member.Name);

    [GeneratedRegex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    private static partial Regex Uuid();
}
