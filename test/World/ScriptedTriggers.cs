using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Worlds;

/// <summary>Lambda functions whose behaviour a test writes down.</summary>
public sealed class ScriptedTriggers(Transcript transcript) : ITriggerInvoker
{
    private readonly Dictionary<string, Func<JsonObject, Task<TriggerAnswer>>> functions = [];
    private readonly ConcurrentQueue<JsonObject> events = new();
    private readonly ConcurrentQueue<string> messageIds = new();
    private readonly Channel<string> hanging = Channel.CreateUnbounded<string>();

    /// <summary>Every event that was sent, in order.</summary>
    public IReadOnlyList<JsonObject> Events => [.. events];

    /// <summary>The function changes the event, usually its <c>response</c>, and returns it.</summary>
    public void On(string arn, Action<JsonObject> function) => functions[arn] = input =>
    {
        function(input);
        return Task.FromResult<TriggerAnswer>(
            new TriggerAnswer.Returned(Encoding.UTF8.GetBytes(input.ToJsonString())));
    };

    /// <summary>The function does something else meanwhile, and returns the event.</summary>
    public void On(string arn, Func<JsonObject, Task> function) => functions[arn] = async input =>
    {
        await function(input);
        return new TriggerAnswer.Returned(Encoding.UTF8.GetBytes(input.ToJsonString()));
    };

    /// <summary>The function does something before what it does so far.</summary>
    public void First(string arn, Func<JsonObject, Task> deed)
    {
        var function = functions[arn];
        functions[arn] = async input =>
        {
            await deed(input);
            return await function(input);
        };
    }

    /// <summary>The call comes to <paramref name="answer"/>, whatever is sent.</summary>
    public void Answers(string arn, TriggerAnswer answer) => functions[arn] = _ => Task.FromResult(answer);

    /// <summary>The function returns these bytes.</summary>
    public void Returns(string arn, string payload) =>
        Answers(arn, new TriggerAnswer.Returned(Encoding.UTF8.GetBytes(payload)));

    /// <summary>The function never answers, and does not hear when it is given up.</summary>
    public void Hangs(string arn) => functions[arn] = _ =>
    {
        hanging.Writer.TryWrite(arn);
        return new TaskCompletionSource<TriggerAnswer>().Task;
    };

    /// <summary>Waits until a function hangs that nobody has waited for yet.</summary>
    public async Task Hung(CancellationToken cancelled) => await hanging.Reader.ReadAsync(cancelled);

    /// <summary>The function answers when the test says so.</summary>
    public TaskCompletionSource<TriggerAnswer> AnswersLater(string arn)
    {
        var answer = new TaskCompletionSource<TriggerAnswer>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        functions[arn] = _ =>
        {
            hanging.Writer.TryWrite(arn);
            return answer.Task;
        };
        return answer;
    }

    /// <summary>Ids of the messages that were handed over, in order.</summary>
    public IReadOnlyList<string> MessageIds => [.. messageIds];

    public Task<TriggerAnswer> Notify(
        string functionArn, ReadOnlyMemory<byte> payload, string messageId, CancellationToken cancellation)
    {
        messageIds.Enqueue(messageId);
        return Invoke(functionArn, payload, cancellation);
    }

    public Task<TriggerAnswer> Invoke(
        string functionArn, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        var input = JsonNode.Parse(payload.Span)!.AsObject();
        events.Enqueue(JsonNode.Parse(payload.Span)!.AsObject());
        transcript.Trigger(functionArn, WithoutCode(input));
        return functions.TryGetValue(functionArn, out var function)
            ? function(input)
            : Task.FromResult<TriggerAnswer>(
                new TriggerAnswer.NotInvoked("ResourceNotFoundException", MayRetry: false));
    }

    /// <summary>A code that is encrypted says nothing to a reader, and is never the same.</summary>
    private static JsonObject WithoutCode(JsonObject input)
    {
        if (input["request"]?["code"] is null) return input;
        var shown = input.DeepClone().AsObject();
        shown["request"]!["code"] = "(encrypted)";
        return shown;
    }
}
