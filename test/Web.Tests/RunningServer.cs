using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Lifeguard.Server;
using Lifeguard.Server.Settings;
using Microsoft.AspNetCore.Builder;

namespace Lifeguard.Web.Tests;

/// <summary>A development server on a free port, with a client that knows it.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private WebApplication app = null!;

    public HttpClient Http { get; private set; } = null!;

    public Uri Address => Http.BaseAddress!;

    public IServiceProvider Parts => app.Services;

    /// <summary>Settings besides those that every test has.</summary>
    public IReadOnlyList<(string Name, string Text)> Settings { get; init; } = [];

    public async ValueTask InitializeAsync()
    {
        var loaded = SettingsLoader.Load(
            Life.Dev,
            new SettingsLayer(
            [
                new("Listen", "http://127.0.0.1:0", "test"), new("Limits:BodyBytes", "65536", "test"),
                .. Settings.Select(setting => new SettingsLayer.Entry(setting.Name, setting.Text, "test")),
            ]));
        app = ServerHost.Build(
            new(loaded.Settings, IsStrict: false, new byte[MasterKey.Size]),
            Examination.MustPass(loaded).Files);
        await ServerHost.Start(app, CancellationToken.None);
        // Not the address that it gives itself, behind which a proxy may stand.
        Http = new() { BaseAddress = new(app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>Calls an operation.</summary>
    public async Task<Answer> Call(
        string operation, string body = "{}", string? contentType = "application/x-amz-json-1.1")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/");
        request.Headers.Add("X-Amz-Target", $"AWSCognitoIdentityProviderService.{operation}");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (contentType is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await Send(request);
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    public async Task<Answer> Send(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new(response.StatusCode, response.Headers, response.Content.Headers, body);
    }

    public Task<Answer> Send(
        HttpMethod method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return Send(request);
    }

    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Get, path, null, headers);
}

/// <summary>An answer of the server.</summary>
public sealed record Answer(
    HttpStatusCode Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, string Body)
{
    /// <summary>The header's value; null where there is none.</summary>
    public string? Header(string name) =>
        Headers.TryGetValues(name, out var values) || ContentHeaders.TryGetValues(name, out values)
            ? string.Join(',', values)
            : null;
}
