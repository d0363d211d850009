namespace Lifeguard.Sdk.Tests.Serve;

/// <summary>`lifeguard serve` says where it listens.</summary>
public sealed class StartLineTests
{
    [Fact]
    public async Task Tells_the_address_it_listens_on_and_the_one_that_clients_come_by()
    {
        await using var installation = Installation.OnFile([new("PublicUrl", "https://id.example.com")]);

        await using var program = await RunningLifeguard.Serve(installation);

        await MustAnswer(program);
        Assert.Contains(
            $"\"Listening on {Address(program)}; clients come by https://id.example.com\"", program.Printed,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_one_address_where_clients_come_by_the_same()
    {
        await using var installation = Installation.OnFile();

        await using var program = await RunningLifeguard.Serve(installation);

        await MustAnswer(program);
        Assert.Contains(
            $"\"Listening on {Address(program)}\"", program.Printed, StringComparison.Ordinal);
    }

    private static async Task MustAnswer(RunningLifeguard program)
    {
        var (status, _) = await program.Client().Get("health/live");
        Assert.Equal(200, status);
    }

    private static string Address(RunningLifeguard program) =>
        program.Address.GetLeftPart(UriPartial.Authority);
}
