using System.Buffers;
using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Operations.Triggers;

/// <summary>
/// Calls a trigger the way the service does: five seconds a try, three tries, and one of three errors when it
/// goes wrong (doc). Between the tries is a short pause. Every trigger goes through here.
/// </summary>
public sealed class TriggerCaller(
    ITriggerInvoker invoker, TriggerGate gate, TriggerLog log, TriggerPauses pauses, TimeProvider clock)
{
    public static readonly TimeSpan TryTimeout = TimeSpan.FromSeconds(5);
    public const int Tries = 3;

    /// <summary>A trigger's answer larger than this is not read.</summary>
    public const int MaxAnswerBytes = 1 << 20;

    /// <summary>Sends the event and returns the <c>response</c> object of what came back. A call that is run
    /// again gets the answer it had.</summary>
    /// <exception cref="ApiException">UserLambdaValidationException, UnexpectedLambdaException or
    /// InvalidLambdaResponseException.</exception>
    public async Task<JsonElement> Invoke(TriggerEvent trigger, Call call)
    {
        var answer = await call.Answers.Of(trigger.Source, () => Ask(trigger, call));
        return answer switch
        {
            TriggerAnswer.Returned returned => ResponseOf(returned.Payload),
            TriggerAnswer.Failed failed => throw new ApiException(
                Errors.UserLambdaValidationException,
                $"{trigger.Name} failed with error {Clip(failed.ErrorMessage)}."),
            TriggerAnswer.NotInvoked not => throw new ApiException(
                Errors.UnexpectedLambdaException,
                $"{trigger.Name} invocation failed due to error {Clip(not.Error)}."),
            _ => throw new InvalidOperationException("A new kind of trigger answer is not handled."),
        };
    }

    private async Task<TriggerAnswer> Ask(TriggerEvent trigger, Call call)
    {
        var payload = trigger.Write();
        var answer = await InvokeRepeatedly(trigger.FunctionArn, payload, call);
        log.Add(trigger.Told(call.Now, payload, answer));
        return answer;
    }

    private async Task<TriggerAnswer> InvokeRepeatedly(string arn, ReadOnlyMemory<byte> payload, Call call)
    {
        TriggerAnswer answer = new TriggerAnswer.NotInvoked("ServiceException", MayRetry: false);
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var beginning = clock.GetTimestamp();
            answer = await gate.Run(arn, () => InvokeOnce(arn, payload, call));
            if (attempt == Tries || answer is not TriggerAnswer.NotInvoked { MayRetry: true }) break;
            // A try and the pause after it take no longer than a try may alone: nobody waits longer in all.
            await pauses.Take(attempt, TryTimeout - clock.GetElapsedTime(beginning), call.Cancelled);
        }

        return answer;
    }

    private async Task<TriggerAnswer> InvokeOnce(string arn, ReadOnlyMemory<byte> payload, Call call)
    {
        using var timeout = new CancellationTokenSource(TryTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, call.Cancelled);
        try
        {
            // WaitAsync also ends a call whose transport ignores cancellation.
            return await invoker.Invoke(arn, payload, either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!call.Cancelled.IsCancellationRequested)
        {
            return new TriggerAnswer.NotInvoked(
                "Socket timeout while invoking Lambda function", MayRetry: true)
            {
                IsUnreachable = true,
            };
        }
    }

    private static JsonElement ResponseOf(ReadOnlyMemory<byte> payload)
    {
        if (payload.Length > MaxAnswerBytes) throw Unrecognizable();
        try
        {
            using var document = JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = 64 });
            // The function returns the whole event, of which only `response` is read (doc).
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("response", out var response)
                || response.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
            {
                throw Unrecognizable();
            }

            EventJson.MustBeReadable(response);
            return response.Clone();
        }
        catch (JsonException)
        {
            throw Invalid();
        }
    }

    /// <summary>Is it one of the three errors of triggers?</summary>
    public static bool IsTriggerError(ApiException refusal) =>
        refusal.Code is Errors.UserLambdaValidationException
            or Errors.UnexpectedLambdaException
            or Errors.InvalidLambdaResponseException;

    /// <summary>The answer is JSON, but not an event.</summary>
    public static ApiException Unrecognizable() =>
        new(Errors.InvalidLambdaResponseException, "Unrecognizable lambda output");

    /// <summary>The answer is no JSON, or a member has the wrong type.</summary>
    public static ApiException Invalid() => new(
        Errors.InvalidLambdaResponseException, "Invalid lambda function output : Invalid JSON");

    private static string Clip(string text) => text.Length <= 1000 ? text : text[..1000];
}
