using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lifeguard.Protocol.SigV4;

namespace Lifeguard.Clients;

/// <summary>Calls the API over HTTP, signed like an SDK does or not at all.</summary>
public sealed class ApiClient(
    Uri address, SigV4Credentials? credentials = null, TimeSpan clockIsOffBy = default)
{
    private const string JsonType = "application/x-amz-json-1.1";
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>One call.</summary>
    /// <param name="request">Written as JSON as it is named; members that are null are left out.</param>
    /// <exception cref="HttpRequestException">No answer came.</exception>
    public async Task<ApiAnswer> Call(string operation, object request)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, Plain);
        var headers = new Dictionary<string, string>
        {
            ["X-Amz-Target"] = $"AWSCognitoIdentityProviderService.{operation}",
            ["Content-Type"] = JsonType,
        };
        using var message = new HttpRequestMessage(HttpMethod.Post, address);
        message.Content = new ByteArrayContent(body);
        message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(JsonType);
        message.Headers.Add("X-Amz-Target", headers["X-Amz-Target"]);
        foreach (var (name, value) in Signature(headers, body))
            message.Headers.TryAddWithoutValidation(name, value);
        using var answer = await Http.SendAsync(message);
        return ApiAnswer.Read((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>One call that must succeed.</summary>
    /// <returns>The answer's members.</returns>
    public async Task<JsonElement> Must(string operation, object request)
    {
        var answer = await Call(operation, request);
        return answer.ErrorType is null
            ? answer.Body
            : throw new InvalidOperationException($"{operation}: {answer.ErrorType}: {answer.Message}");
    }

    /// <summary>A document next to the API, such as a pool's keys.</summary>
    public async Task<(int Status, string Text)> Get(string path)
    {
        using var answer = await Http.GetAsync(new Uri(address, path));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Sends JSON next to the API, such as to a test control.</summary>
    public async Task<int> Send(HttpMethod method, string path, string json)
    {
        using var message = new HttpRequestMessage(method, new Uri(address, path));
        message.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await Http.SendAsync(message);
        return (int)answer.StatusCode;
    }

    private IReadOnlyDictionary<string, string> Signature(Dictionary<string, string> headers, byte[] body) =>
        credentials is null
            ? new Dictionary<string, string>()
            : SigV4Signer.Sign(
                credentials, "us-east-1", "cognito-idp", "POST", address, headers, body,
                DateTimeOffset.UtcNow + clockIsOffBy);
}
