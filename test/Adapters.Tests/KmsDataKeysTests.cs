using System.Text;
using System.Text.Json;
using Lifeguard.Domain.Effects;
using Lifeguard.Protocol.EncryptionSdk;
using Lifeguard.Protocol.SigV4;
using Microsoft.Extensions.Time.Testing;

namespace Lifeguard.Adapters.Tests;

public sealed class KmsDataKeysTests : IDisposable
{
    private const string Key = "arn:aws:kms:eu-west-1:111122223333:key/1";
    private const string Secret = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static readonly Dictionary<string, string> Context = new() { ["userpool-id"] = "eu-west-1_A" };

    private readonly FakeTimeProvider clock = new(new(2026, 11, 5, 4, 3, 2, TimeSpan.Zero));
    private readonly GuardedHttp http = new(TimeProvider.System);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task Asks_for_a_key_that_is_bound_to_the_pool()
    {
        await using var stub = await HttpStub.Start(
            200, $$"""{"KeyId":"{{Key}}","Plaintext":"{{Secret}}","CiphertextBlob":"AQI="}""");

        var key = await Keys(stub, new("AKIDEXAMPLE", "secret")).Make(Key, Context, Cancelled);

        Assert.Equal((Key, Secret), (key.Wrapped.KeyName, Convert.ToBase64String(key.Key)));
        Assert.Equal([1, 2], key.Wrapped.Wrapped);
        var sent = stub.Requests.Single();
        Assert.Equal(
            $$$"""{"KeyId":"{{{Key}}}","KeySpec":"AES_256","EncryptionContext":"""
                + """{"userpool-id":"eu-west-1_A"}}""",
            sent.Body);
        Assert.Equal("TrentService.GenerateDataKey", sent.Headers["X-Amz-Target"]);
        var again = SigV4Signer.Sign(
            new("AKIDEXAMPLE", "secret"), "eu-west-1", "kms", "POST", stub.Address,
            new Dictionary<string, string>
            {
                ["Content-Type"] = sent.Headers["Content-Type"],
                ["X-Amz-Target"] = sent.Headers["X-Amz-Target"],
            },
            Encoding.UTF8.GetBytes(sent.Body), clock.GetUtcNow());
        Assert.Equal(again["Authorization"], sent.Headers["Authorization"]);
    }

    [Fact]
    public async Task Has_a_key_opened()
    {
        await using var stub = await HttpStub.Start(
            200, $$"""{"KeyId":"{{Key}}","Plaintext":"{{Secret}}"}""");

        var key = await Keys(stub).Open(new(WrappedDataKey.Kms, Key, [1, 2]), Context, Cancelled);

        Assert.Equal(Secret, Convert.ToBase64String(key));
        using var sent = JsonDocument.Parse(stub.Requests.Single().Body);
        Assert.Equal("AQI=", sent.RootElement.GetProperty("CiphertextBlob").GetString());
        Assert.Equal(Key, sent.RootElement.GetProperty("KeyId").GetString());
        Assert.False(stub.Requests.Single().Headers.ContainsKey("Authorization"));
    }

    [Theory]
    [InlineData(
        400, """{"__type":"NotFoundException","message":"Key '1'"}""",
        "KMS refused the key: NotFoundException.")]
    [InlineData(
        400, """{"__type":"com.amazonaws.kms#DisabledException"}""",
        "KMS refused the key: DisabledException.")]
    [InlineData(500, "no JSON", "KMS refused the key: status 500.")]
    [InlineData(200, "no JSON", "KMS gave no key in its answer.")]
    [InlineData(200, "{}", "KMS gave no key in its answer.")]
    [InlineData(
        200, """{"KeyId":"k","Plaintext":"AQI=","CiphertextBlob":"AQI="}""",
        "KMS gave no key in its answer.")]
    public async Task A_key_that_cannot_be_had_may_be_had_later(int status, string body, string reason)
    {
        await using var stub = await HttpStub.Start(status, body);

        var refused = await Assert.ThrowsAsync<DeliveryException>(
            () => Keys(stub).Make(Key, Context, Cancelled));

        Assert.Equal((reason, false), (refused.Message, refused.IsPermanent));
    }

    [Theory]
    [InlineData("arn:aws:kms:a@evil.example#:111122223333:key/1")]
    [InlineData("arn:aws:s3:eu-west-1:111122223333:key/1")]
    public async Task An_ARN_cannot_lead_the_call_elsewhere(string arn)
    {
        var refused = await Assert.ThrowsAsync<DeliveryException>(
            () => new KmsDataKeys(http, new(), clock).Make(arn, Context, Cancelled));

        Assert.True(refused.IsPermanent);
    }

    private KmsDataKeys Keys(HttpStub stub, SigV4Credentials? credentials = null) =>
        new(http, new() { Endpoint = stub.Address, Credentials = credentials }, clock);
}
