using System.Diagnostics;
using System.Globalization;

namespace Lifeguard.Adapters.Tests.Handlers;

/// <summary>How long the processes live that run handlers, and how many there are.</summary>
public sealed class HandlerProcessesTests
{
    /// <summary>Returns its process and how many events that has had; hangs where it is asked to.</summary>
    private const string Counter =
        """
        import { existsSync } from 'node:fs';
        import { setTimeout } from 'node:timers/promises';
        let events = 0;
        export const handler = async event => {
          events++;
          if (event.hangs) console.log(`hanging in ${process.pid}`);
          if (event.hangs === 'busily') for (;;);
          if (event.hangs) await new Promise(() => globalThis.setInterval(() => {}, 1000));
          if (event.waitsFor) console.log(`waiting ${event.number}`);
          while (event.waitsFor && !existsSync(event.waitsFor)) await setTimeout(5);
          return [process.pid, events];
        };
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_process_stays_warm_for_the_next_event()
    {
        using var handler = new ScratchHandler(Counter, "app.mjs");

        var (first, second) = (await Count(handler), await Count(handler));

        Assert.Equal((first.Process, 2), second);
    }

    [Fact]
    public async Task A_change_of_the_file_is_seen_by_the_next_event()
    {
        using var handler = new ScratchHandler("export const handler = async () => 'old';", "app.mjs");
        Assert.Equal("\"old\"", await handler.Invoke());

        await File.WriteAllTextAsync(handler.File, "export const handler = async () => 'new';", Cancelled);
        File.SetLastWriteTimeUtc(handler.File, File.GetLastWriteTimeUtc(handler.File).AddSeconds(2));

        Assert.Equal("\"new\"", await handler.Invoke());
    }

    [Theory]
    [InlineData("beside.mjs")]
    [InlineData("below/deeper/word.mjs")]
    public async Task A_change_beside_the_file_or_below_is_seen_too(string name)
    {
        using var handler = new ScratchHandler(
            $"import {{ word }} from './{name}'; export const handler = async () => word;", "app.mjs");
        var beside = Path.Combine(handler.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(beside)!);
        await File.WriteAllTextAsync(beside, "export const word = 'old';", Cancelled);
        Assert.Equal("\"old\"", await handler.Invoke());

        await File.WriteAllTextAsync(beside, "export const word = 'new';", Cancelled);
        File.SetLastWriteTimeUtc(beside, File.GetLastWriteTimeUtc(beside).AddSeconds(2));

        Assert.Equal("\"new\"", await handler.Invoke());
    }

    [Fact]
    public async Task Packages_and_links_are_not_looked_into()
    {
        using var handler = new ScratchHandler(Counter, "app.mjs");
        var package = Directory.CreateDirectory(Path.Combine(handler.Folder, "node_modules", "one"));
        File.CreateSymbolicLink(Path.Combine(handler.Folder, "round"), handler.Folder);
        await Count(handler);

        await File.WriteAllTextAsync(Path.Combine(package.FullName, "new.mjs"), "", Cancelled);

        Assert.Equal(2, (await Count(handler)).Events);
    }

    [Fact]
    public async Task A_handler_that_is_gone_is_no_function_until_it_is_back()
    {
        using var handler = new ScratchHandler(Counter, "app.mjs");
        File.Move(handler.File, handler.File + ".away");

        var gone = await handler.Invoke();
        File.Move(handler.File + ".away", handler.File);

        Assert.Contains("ResourceNotFoundException", gone, StringComparison.Ordinal);
        Assert.Equal(1, (await Count(handler)).Events);
    }

    [Theory]
    [InlineData("busily")]
    [InlineData("idly")]
    public async Task A_handler_that_hangs_is_ended_and_does_not_keep_the_next_event_waiting(string how)
    {
        using var handler = new ScratchHandler(Counter, "app.mjs", maxProcesses: 1);
        var first = await Count(handler);
        using var timeout = new CancellationTokenSource();
        using var process = Process.GetProcessById(first.Process);

        var hanging = handler.Send($$"""{"hangs":"{{how}}"}""", timeout.Token);
        await handler.Printed.Line($"made-up: hanging in {first.Process}");
        var next = Count(handler);
        await timeout.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        await process.WaitForExitAsync(Cancelled);
        Assert.Equal(1, (await next).Events);
    }

    [Fact]
    public async Task A_process_that_loads_slowly_serves_the_next_event_when_the_first_was_given_up()
    {
        using var handler = new ScratchHandler(
            """
            import { existsSync } from 'node:fs';
            import { setTimeout } from 'node:timers/promises';
            console.log('loading');
            while (!existsSync('go')) await setTimeout(5);
            export const handler = async event => event;
            """,
            "app.mjs");
        using var timeout = new CancellationTokenSource();
        var first = handler.Send("1", timeout.Token);
        await handler.Printed.Line("made-up: loading");

        await timeout.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var second = handler.Invoke("2");
        await File.WriteAllTextAsync(Path.Combine(handler.Folder, "go"), "", Cancelled);

        Assert.Equal("2", await second);
        Assert.Equal(["made-up: loading"], handler.Printed.Lines);
    }

    [Fact]
    public async Task A_process_that_ends_while_it_loads_is_the_functions_failure()
    {
        using var handler = new ScratchHandler("process.exit(4);", "app.mjs");

        Assert.EndsWith(
            "Error: Runtime exited with error: exit status 4", await handler.Invoke(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_ended_between_two_events_costs_nobody_an_event()
    {
        using var handler = new ScratchHandler(Counter, "app.mjs");
        var first = await Count(handler);
        using var process = Process.GetProcessById(first.Process);
        process.Kill();
        await process.WaitForExitAsync(Cancelled);

        Assert.Equal(1, (await Count(handler)).Events);
    }

    [Fact]
    public async Task Events_at_the_same_time_have_processes_of_their_own_up_to_a_bound()
    {
        using var handler = new ScratchHandler(Counter, "app.mjs", maxProcesses: 2);
        var signal = Path.Combine(handler.Folder, "go");
        Task<(int Process, int Events)> Waiting(int number) =>
            Count(handler, $$"""{"number":{{number}},"waitsFor":"{{signal}}"}""");

        var first = Waiting(1);
        await handler.Printed.Line("made-up: waiting 1");
        var second = Waiting(2);
        await handler.Printed.Line("made-up: waiting 2");
        var third = Waiting(3);
        await File.WriteAllTextAsync(signal, "", Cancelled);
        var all = await Task.WhenAll(first, second, third);

        Assert.Equal(2, all.Select(each => each.Process).Distinct().Count());
        Assert.Equal(2, all[2].Events);
    }

    [Fact]
    public async Task All_processes_end_with_the_server_also_one_that_hangs()
    {
        using var handler = new ScratchHandler(Counter, "app.mjs");
        var signal = Path.Combine(handler.Folder, "never");
        var warm = await Count(handler);
        var busy = handler.Send($$"""{"number":1,"waitsFor":"{{signal}}"}""", Cancelled);
        await handler.Printed.Line("made-up: waiting 1");
        using var process = Process.GetProcessById(warm.Process);

        handler.Stop();

        await process.WaitForExitAsync(Cancelled);
        await Task.WhenAny(busy);
    }

    private static async Task<(int Process, int Events)> Count(ScratchHandler handler, string sent = "{}")
    {
        var numbers = (await handler.Invoke(sent)).Trim('[', ']').Split(',')
            .Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return (numbers[0], numbers[1]);
    }
}
