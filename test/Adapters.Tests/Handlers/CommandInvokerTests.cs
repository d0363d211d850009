using System.Diagnostics;
using System.Globalization;
using System.Text;
using Lifeguard.Adapters.Handlers;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters.Tests.Handlers;

/// <summary>Functions that are programs.</summary>
public sealed class CommandInvokerTests
{
    private readonly PrintedLog printed = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("cat", """returned: {"version":"1"}""")]
    [InlineData("echo '{}'; echo a note >&2", "returned: {}\n")]
    [InlineData("echo first >&2; echo Not today >&2; exit 3", "failed: Not today")]
    [InlineData("echo words >&2; echo '{\"errorMessage\":\"told as Lambda does\"}'; exit 1",
        "failed: told as Lambda does")]
    [InlineData("exit 7", "failed: Runtime exited with error: exit status 7")]
    [InlineData("head -c 7000000 /dev/zero",
        "failed: Response payload size exceeded maximum allowed payload size (6291456 bytes)")]
    public async Task Takes_the_event_on_standard_input_and_answers_on_standard_output(
        string script, string outcome) => Assert.Equal(outcome, await Run(["sh", "-c", script]));

    [Fact]
    public async Task A_program_that_is_not_there_is_no_function() => Assert.Contains(
        "ResourceNotFoundException", await Run(["no-such-program-here"]), StringComparison.Ordinal);

    [Fact]
    public async Task A_program_that_hangs_is_ended_with_what_it_has_started()
    {
        using var command = Command(["sh", "-c", "sleep 600 & echo $! >&2; wait"]);
        using var timeout = new CancellationTokenSource();

        var hanging = command.Invoke("f", "{}"u8.ToArray(), timeout.Token);
        using var child = Process.GetProcessById(NumberIn(await printed.First));
        await timeout.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        await child.WaitForExitAsync(Cancelled);
    }

    [Theory]
    [InlineData("sleep 600 & echo $! >&2; cat", """returned: {"version":"1"}""")]
    [InlineData("sleep 600 & echo $! >&2; echo '{\"errorMessage\":\"No\"}'; exit 1", "failed: No")]
    public async Task What_a_program_leaves_running_is_not_waited_for(string script, string outcome)
    {
        var running = Run(["sh", "-c", script]);
        using var child = Process.GetProcessById(NumberIn(await printed.First));
        try
        {
            Assert.Equal(outcome, await running.WaitAsync(TimeSpan.FromSeconds(60), Cancelled));
        }
        finally
        {
            child.Kill();
        }
    }

    private static int NumberIn(string line) => int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);

    private async Task<string> Run(string[] words)
    {
        using var command = Command(words);
        return await command.Invoke("f", "{\"version\":\"1\"}"u8.ToArray(), Cancelled) switch
        {
            TriggerAnswer.Returned returned => "returned: " + Encoding.UTF8.GetString(returned.Payload.Span),
            TriggerAnswer.Failed failed => "failed: " + failed.ErrorMessage,
            var other => other.ToString(),
        };
    }

    private CommandInvoker Command(string[] words) => new(
        "f", words, HandlerEnvironment.OfThisProgram("eu-west-1", () => "http://127.0.0.1:9"), 4,
        TimeProvider.System, printed);
}
