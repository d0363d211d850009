using System.Text.Json.Nodes;

namespace Lifeguard.Load;

/// <summary>Sends for the <see cref="Crowd"/>, and sends it away.</summary>
internal sealed class CrowdProcess : IDisposable
{
    private readonly int port = ChildProcess.FreePort();
    private readonly ChildProcess process;
    private readonly HttpClient http;

    public CrowdProcess(string folder)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Lifeguard.Load.dll");
        process = new(program, [Crowd.Verb, $"{port}"], folder);
        http = new() { BaseAddress = new(Address), Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>Of the function that they wait for.</summary>
    public string Address => $"http://127.0.0.1:{port}";

    public Task MustListen() => process.MustListen(port);

    /// <summary>Done when nearly all wait for the function.</summary>
    public Task Come(LifeguardServer server, string clientId, int places) =>
        Post($"/come?server={server.Port}&client={clientId}&places={places}");

    /// <summary>They sign up all at once, each of them once. Done when the last one is.</summary>
    public Task Burst(LifeguardServer server, string clientId, int places) =>
        Post($"/burst?server={server.Port}&client={clientId}&places={places}");

    /// <summary>Done when nobody signs up any more.</summary>
    public async Task<CrowdSoFar> Go()
    {
        using var answer = (await http.PostAsync("/go", content: null)).EnsureSuccessStatusCode();
        var sums = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return new(
            sums["done"]!.GetValue<int>(), sums["most"]!.GetValue<int>(), sums["failures"]!.GetValue<int>(),
            sums["failure"]?.GetValue<string>());
    }

    private async Task Post(string address) =>
        (await http.PostAsync(address, content: null)).EnsureSuccessStatusCode().Dispose();

    public void Dispose()
    {
        http.Dispose();
        process.Dispose();
    }
}

/// <summary>What has become of the crowd.</summary>
/// <param name="Most">So many waited for the function at a time.</param>
/// <param name="Failure">The first one.</param>
internal sealed record CrowdSoFar(int Done, int Most, int Failures, string? Failure);
