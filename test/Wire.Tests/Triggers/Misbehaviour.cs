using System.Text;
using Lifeguard.Domain.Effects;
using Lifeguard.Operations.Triggers;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Triggers;

/// <summary>A way in which a function disappoints, and what the service calls it.</summary>
/// <param name="Error">With {0} for the trigger's name.</param>
public sealed record Misbehaviour(string Name, TriggerAnswer? Answer, string Error)
{
    private const int OneMiB = TriggerCaller.MaxAnswerBytes;
    private const string Unrecognizable = "InvalidLambdaResponseException: Unrecognizable lambda output";
    private const string Invalid =
        "InvalidLambdaResponseException: Invalid lambda function output : Invalid JSON";
    private const string NotInvoked = "UnexpectedLambdaException: {0} invocation failed due to error ";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Misbehaviour> All { get; } =
    [
        new("hangs", null, $"{NotInvoked}Socket timeout while invoking Lambda function."),
        new("throws", new TriggerAnswer.Failed("Not today"),
            "UserLambdaValidationException: {0} failed with error Not today."),
        new("throws nothing", new TriggerAnswer.Failed(""),
            "UserLambdaValidationException: {0} failed with error ."),
        Returns("no JSON", "<html>502</html>", Invalid),
        Returns("half of it", "{\"response\":{", Invalid),
        Returns("nothing", "", Invalid),
        Returns("null", "null", Unrecognizable),
        Returns("a text", "\"confirmed\"", Unrecognizable),
        Returns("a list", "[{\"response\":{}}]", Unrecognizable),
        Returns("no event", "{\"statusCode\":200,\"body\":\"{}\"}", Unrecognizable),
        Returns("a wrong type", "{\"response\":\"yes\"}", Unrecognizable),
        Returns("too much", $"{{\"response\":{{}},\"more\":\"{new string('x', OneMiB)}\"}}", Unrecognizable),
        Returns("a pit", new string('[', 100_000), Invalid),
        IsNotInvoked("refuses", "AccessDeniedException"),
        IsNotInvoked("is missing", "ResourceNotFoundException"),
        IsNotInvoked("is out of order", "ServiceException"),
        new("is throttled", new TriggerAnswer.NotInvoked("TooManyRequestsException", MayRetry: true),
            $"{NotInvoked}TooManyRequestsException."),
        new("cannot be reached",
            new TriggerAnswer.NotInvoked("Connection failure while invoking Lambda function", MayRetry: true)
            {
                IsUnreachable = true,
            },
            $"{NotInvoked}Connection failure while invoking Lambda function."),
    ];

    /// <summary>The one of this name.</summary>
    public static Misbehaviour Of(string name) => All.Single(one => one.Name == name);

    /// <summary>Makes the function behave so.</summary>
    public void Befall(World world, string arn)
    {
        if (Answer is null) world.Triggers.Hangs(arn);
        else world.Triggers.Answers(arn, Answer);
    }

    /// <summary>What the call comes to, in one go: a function that hangs is given up as time goes
    /// by.</summary>
    public async Task<(string Answer, string Rows)> Outcome(World world, Func<Task<Answer>> call)
    {
        var outcome = world.KindsOfRows(call);
        for (var attempt = 0; Answer is null && attempt < TriggerCaller.Tries; attempt++)
        {
            await world.Triggers.Hung(TestContext.Current.CancellationToken);
            world.Clock.Advance(TriggerCaller.TryTimeout);
        }

        return await outcome;
    }

    private static Misbehaviour Returns(string name, string payload, string error) =>
        new("returns " + name, new TriggerAnswer.Returned(Encoding.UTF8.GetBytes(payload)), error);

    private static Misbehaviour IsNotInvoked(string name, string error) =>
        new(name, new TriggerAnswer.NotInvoked(error, MayRetry: false), $"{NotInvoked}{error}.");
}
