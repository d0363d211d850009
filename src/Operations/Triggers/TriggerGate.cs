using Lifeguard.Domain.Effects;
using Microsoft.Extensions.Logging;

namespace Lifeguard.Operations.Triggers;

/// <summary>
/// Lets tries of trigger calls through, or answers in the function's place: where too many are under way, and
/// where nobody has answered for a while (a circuit for each function, which opens, lets one try through
/// after a time, and closes when that one is answered). Errors of functions are answers.
/// </summary>
public sealed partial class TriggerGate(TriggerRules rules, TimeProvider clock, ILogger<TriggerGate> log)
{
    /// <summary>Functions that did not answer last time are remembered up to this number.</summary>
    private const int MostRemembered = 10_000;

    private readonly Lock sync = new();
    private readonly Dictionary<string, Function> functions = [];
    private int underWay;

    /// <summary>What the try has come to, or what stands in for it.</summary>
    public async Task<TriggerAnswer> Run(string functionArn, Func<Task<TriggerAnswer>> invoke)
    {
        if (Enter(functionArn, out var isProbe) is { } refusal) return refusal;
        TriggerAnswer? answer = null;
        try
        {
            return answer = await invoke();
        }
        finally
        {
            Leave(functionArn, answer, isProbe);
        }
    }

    private TriggerAnswer.NotInvoked? Enter(string arn, out bool isProbe)
    {
        isProbe = false;
        lock (sync)
        {
            var function = functions.GetValueOrDefault(arn);
            if (underWay >= rules.MaxConcurrent || function?.UnderWay >= rules.MaxPerFunction)
                return new TriggerAnswer.NotInvoked("TooManyRequestsException", MayRetry: false);
            if (function?.Opened is { } opened)
            {
                if (function.IsProbed || clock.GetUtcNow() < opened.Until) return opened.InItsPlace;
                function.IsProbed = isProbe = true;
            }

            if (function is null) functions[arn] = function = new();
            function.UnderWay++;
            underWay++;
            return null;
        }
    }

    /// <param name="answer">Null where the try was given up, from which nothing is learned.</param>
    private void Leave(string arn, TriggerAnswer? answer, bool isProbe)
    {
        lock (sync)
        {
            var function = functions[arn];
            underWay--;
            function.UnderWay--;
            if (isProbe) function.IsProbed = false;
            if (answer is TriggerAnswer.NotInvoked { IsUnreachable: true } lost)
                Count(arn, function, lost, isProbe);
            else if (answer is not null) function.Close();
            if (function is { UnderWay: 0, Failures: 0 }) functions.Remove(arn);
            else if (functions.Count > MostRemembered) Forget();
        }
    }

    private void Count(string arn, Function function, TriggerAnswer.NotInvoked lost, bool isProbe)
    {
        if (rules.CircuitFailures == 0) return;
        function.Failures++;
        if (function.Failures < rules.CircuitFailures || (function.Opened is not null && !isProbe)) return;
        if (function.Opened is null) LogOpened(log, arn, lost.Error);
        function.Opened = (clock.GetUtcNow() + rules.CircuitOpen, lost with { MayRetry = false });
    }

    private void Forget()
    {
        foreach (var (arn, function) in functions)
        {
            if (function.UnderWay == 0) functions.Remove(arn);
        }
    }

    /// <summary>What is known of one function.</summary>
    private sealed class Function
    {
        public int UnderWay { get; set; }

        /// <summary>Tries in a row that nobody has answered.</summary>
        public int Failures { get; set; }

        /// <summary>Until when the circuit is open, and what calls are told meanwhile: the failure that has
        /// opened it. Null where it is closed.</summary>
        public (DateTimeOffset Until, TriggerAnswer.NotInvoked InItsPlace)? Opened { get; set; }

        /// <summary>One try has been let through the open circuit.</summary>
        public bool IsProbed { get; set; }

        public void Close()
        {
            (Failures, Opened) = (0, null);
        }
    }

    [LoggerMessage(1, LogLevel.Warning,
        "{FunctionArn} does not answer ({Error}); calls of it fail at once for a while")]
    private static partial void LogOpened(ILogger log, string functionArn, string error);
}
