using System.Net;
using System.Text.Json;

namespace Lifeguard.Web.Tests;

/// <summary>As much of KMS as development has.</summary>
public sealed class KmsEndpointTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Key = "arn:aws:kms:us-east-1:000000000000:key/1";
    private const string Context = """{"userpool-id":"us-east-1_Ab1Cd2Ef3"}""";

    [Fact]
    public async Task Makes_a_key_and_opens_it_again()
    {
        var made = Body(await Call("GenerateDataKey", $$"""
            {"KeyId":"{{Key}}","KeySpec":"AES_256","EncryptionContext":{{Context}}}
            """));

        var opened = Body(await Call("Decrypt", $$"""
            {
              "KeyId": "{{Key}}", "CiphertextBlob": "{{Text(made, "CiphertextBlob")}}",
              "EncryptionContext": {{Context}}
            }
            """));

        Assert.Equal(32, Convert.FromBase64String(Text(made, "Plaintext")).Length);
        Assert.Equal(Text(made, "Plaintext"), Text(opened, "Plaintext"));
        Assert.Equal(Key, Text(opened, "KeyId"));
    }

    [Fact]
    public async Task Opens_no_key_of_another_context_or_name()
    {
        var made = Body(await Call("GenerateDataKey", $$"""
            {"KeyId":"{{Key}}","NumberOfBytes":32,"EncryptionContext":{{Context}}}
            """));
        var blob = Text(made, "CiphertextBlob");

        Assert.Equal("InvalidCiphertextException", await Refusal(
            "Decrypt", $$"""{"CiphertextBlob":"{{blob}}"}"""));
        Assert.Equal("IncorrectKeyException", await Refusal(
            "Decrypt",
            $$"""{"KeyId":"{{Key}}2","CiphertextBlob":"{{blob}}","EncryptionContext":{{Context}}}"""));
    }

    [Theory]
    [InlineData("GenerateDataKey", "{}", "ValidationException")]
    [InlineData("GenerateDataKey", """{"KeyId":"k","KeySpec":"AES_128"}""", "ValidationException")]
    [InlineData("GenerateDataKey", """{"KeyId":"k","NumberOfBytes":16}""", "ValidationException")]
    [InlineData("GenerateDataKey", """{"KeyId":7}""", "SerializationException")]
    [InlineData("GenerateDataKey", "no JSON", "SerializationException")]
    [InlineData("Decrypt", "{}", "InvalidCiphertextException")]
    [InlineData("Decrypt", """{"CiphertextBlob":"AAA="}""", "InvalidCiphertextException")]
    [InlineData("Decrypt", """{"CiphertextBlob":"/////w=="}""", "InvalidCiphertextException")]
    [InlineData("Decrypt", """{"CiphertextBlob":"?"}""", "SerializationException")]
    [InlineData("Encrypt", "{}", "UnknownOperationException")]
    public async Task Refuses_what_is_no_call(string operation, string body, string error) =>
        Assert.Equal(error, await Refusal(operation, body));

    [Fact]
    public async Task Pages_of_others_do_not_reach_it() =>
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await Call("GenerateDataKey", "{}", ("Origin", "https://evil.example"))).Status);

    private Task<Answer> Call(
        string operation, string body, params (string Name, string Value)[] headers) =>
        server.Send(
            HttpMethod.Post, "/", body, [("X-Amz-Target", $"TrentService.{operation}"), .. headers]);

    private async Task<string> Refusal(string operation, string body)
    {
        var answer = await Call(operation, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        return Text(Body(answer), "__type");
    }

    private static JsonElement Body(Answer answer)
    {
        using var document = JsonDocument.Parse(answer.Body);
        return document.RootElement.Clone();
    }

    private static string Text(JsonElement from, string member) => from.GetProperty(member).GetString()!;
}
