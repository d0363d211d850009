using System.Text;
using System.Text.Json.Nodes;
using Lifeguard.Domain;
using Lifeguard.Protocol.EncryptionSdk;

namespace Lifeguard.Worlds;

/// <summary>Pools whose messages functions deliver.</summary>
public static class SenderPools
{
    public const string Email = "arn:aws:lambda:us-east-1:000000000000:function:email-sender";
    public const string Sms = "arn:aws:lambda:us-east-1:000000000000:function:sms-sender";
    public const string Wording = "arn:aws:lambda:us-east-1:000000000000:function:wording";
    public const string Key = "arn:aws:kms:us-east-1:000000000000:key/4a1c9a3e-0000-4000-8000-000000000001";

    /// <summary>Settings of a pool with senders for these media.</summary>
    /// <param name="media">Letters: e for e-mail, s for SMS.</param>
    /// <param name="isWorded">There is a CustomMessage trigger as well.</param>
    public static JsonObject Settings(string media, bool isWorded = false)
    {
        var triggers = new JsonObject { ["KMSKeyID"] = Key };
        if (isWorded) triggers["CustomMessage"] = Wording;
        if (media.Contains('e')) triggers["CustomEmailSender"] = Sender(Email);
        if (media.Contains('s')) triggers["CustomSMSSender"] = Sender(Sms);
        return new()
        {
            ["LambdaConfig"] = triggers,
            ["AutoVerifiedAttributes"] = new JsonArray("email", "phone_number"),
            ["SmsConfiguration"] =
                new JsonObject { ["SnsCallerArn"] = "arn:aws:iam::000000000000:role/sms" },
        };
    }

    /// <summary>A pool with senders that take every event.</summary>
    public static Task<TestPool> Create(
        World world, string media, bool isWorded = false, object? settings = null)
    {
        foreach (var function in (string[])[Email, Sms, Wording])
            world.Triggers.On(function, static _ => { });
        return TestPool.Create(world, Calls.Merge(Settings(media, isWorded), settings));
    }

    /// <summary>What the last event holds encrypted, as its function reads it; null for nothing.</summary>
    public static string? LastSecret(this World world)
    {
        var sent = world.Triggers.Events[^1];
        if (sent["request"]!["code"]?.GetValue<string>() is not { } code) return null;
        var message = EncryptedMessage.Parse(Convert.FromBase64String(code))!;
        var key = world.Get<LocalDataKeys>().Open(message.Keys[0].Wrapped, message.Context)!;
        return message.Context["userpool-id"] == sent["userPoolId"]!.GetValue<string>()
            && message.Keys[0].KeyName == Key
                ? Encoding.UTF8.GetString(message.Open(key.Key)!)
                : throw new InvalidOperationException("The code is bound to something else.");
    }

    private static JsonObject Sender(string arn) => new()
    {
        ["LambdaVersion"] = "V1_0",
        ["LambdaArn"] = arn,
    };
}
