using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Triggers;

/// <summary>Every call of every trigger, with a function that disappoints in every way.</summary>
public sealed class EveryMisbehaviourTests
{
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var call in TriggeredCall.All)
            {
                foreach (var way in Misbehaviour.All) pairs.Add($"{call.Trigger} of {call.Name}", way.Name);
            }

            return pairs;
        }
    }

    [Theory, MemberData(nameof(Pairs))]
    public async Task Has_the_services_error_and_changes_nothing(string call, string way)
    {
        var triggered = TriggeredCall.All.Single(one => $"{one.Trigger} of {one.Name}" == call);
        var misbehaviour = Misbehaviour.Of(way);
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TriggeredPool.Create(world);
        var make = await triggered.Prepare(pool);
        var (mails, texts) = (world.Email.Sent.Count, world.Sms.Sent.Count);
        misbehaviour.Befall(world, TriggeredPool.ArnOf(triggered.Trigger));

        var (answer, rows) = await misbehaviour.Outcome(world, make);

        Assert.Equal(
            (string.Format(null, misbehaviour.Error, triggered.Trigger), triggered.Stays), (answer, rows));
        Assert.Equal((mails, texts), (world.Email.Sent.Count, world.Sms.Sent.Count));
        pool.Mend(triggered.Trigger);
        if (triggered.CanBeginAnew) make = await triggered.Prepare(pool);
        else if (!triggered.CanBeRepeated) return;
        Assert.Equal("200", (await make()).ToString());
    }

    [Theory]
    [InlineData("PreSignUp", "autoConfirmUser", "\"yes\"", "SignUp")]
    [InlineData("PreSignUp", "autoVerifyEmail", "1", "AdminCreateUser")]
    [InlineData("CustomMessage", "emailMessage", "{}", "ForgotPassword")]
    [InlineData("CustomMessage", "emailSubject", "[]", "ForgotPassword")]
    [InlineData("CustomMessage", "emailMessage", "\"no code\"", "ResendConfirmationCode")]
    [InlineData("DefineAuthChallenge", "challengeName", "7", "InitiateAuth")]
    [InlineData("DefineAuthChallenge", "issueTokens", "\"true\"", "InitiateAuth")]
    [InlineData("CreateAuthChallenge", "publicChallengeParameters", "[]", "InitiateAuth")]
    [InlineData("CreateAuthChallenge", "privateChallengeParameters", "{\"n\":1}", "InitiateAuth")]
    [InlineData("CreateAuthChallenge", "challengeMetadata", "true", "InitiateAuth")]
    [InlineData("VerifyAuthChallengeResponse", "answerCorrect", "1", "RespondToAuthChallenge")]
    public async Task A_member_of_the_wrong_type_is_an_invalid_answer(
        string trigger, string member, string value, string operation)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TriggeredPool.Create(world);
        var triggered = TriggeredCall.All.Single(one => one.Trigger == trigger && one.Name == operation);
        var make = await triggered.Prepare(pool);
        world.Triggers.Returns(
            TriggeredPool.ArnOf(trigger), $"{{\"response\":{{\"{member}\":{value}}}}}");

        Assert.Equal(
            (Misbehaviour.Of("returns no JSON").Error, triggered.Stays),
            await world.KindsOfRows(make));
    }

    [Fact]
    public void Every_trigger_that_is_called_stands_in_the_table() => Assert.Equal(
        [
            "CreateAuthChallenge", "CustomMessage", "DefineAuthChallenge", "PostAuthentication",
            "PostConfirmation", "PreAuthentication", "PreSignUp", "VerifyAuthChallengeResponse",
        ],
        TriggeredCall.All.Select(call => call.Trigger).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("hangs", 3)]
    [InlineData("is throttled", 3)]
    [InlineData("cannot be reached", 3)]
    [InlineData("throws", 1)]
    [InlineData("returns null", 1)]
    [InlineData("refuses", 1)]
    [InlineData("is missing", 1)]
    [InlineData("is out of order", 1)]
    public async Task Is_tried_again_only_where_that_may_help(string way, int tries)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TriggeredPool.Create(world);
        var before = world.Triggers.Events.Count;
        Misbehaviour.Of(way).Befall(world, TriggeredPool.ArnOf("PreSignUp"));

        await Misbehaviour.Of(way).Outcome(world, () => pool.SignUp("new"));

        Assert.Equal(tries, world.Triggers.Events.Count - before);
    }
}
