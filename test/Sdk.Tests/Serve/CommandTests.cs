using System.Security.Cryptography;
using System.Text;
using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Serve;

/// <summary>The commands beside the servers.</summary>
public sealed class CommandTests(Served served) : IClassFixture<Served>
{
    [Fact]
    public async Task Version_names_the_version_and_the_kind_of_build()
    {
        var version = await Run("version");

        Assert.Matches(@"^lifeguard \d+\.\d+\.\d+ \(\.NET \d+\.\d+\.\d+, (JIT|native)\)\s*$", version);
        var isJit = File.Exists(Path.ChangeExtension(LifeguardProgram.File, ".dll"));
        Assert.Contains(isJit ? "JIT" : "native", version, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operations_tells_all_that_there_are()
    {
        var table = await Run("operations");
        var json = Json.Parse(await Run("operations", "--json")).EnumerateArray().ToList();

        Assert.Matches(@"AdminResetUserPassword +Users +Administrator", table);
        Assert.EndsWith("140 of 140 operations are built", table.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(140, json.Count);
    }

    [Fact]
    public async Task Settings_shows_value_and_source_but_no_secret()
    {
        var finished = await served.Installation.RunWith(
            [new("Sms:Webhook:Secret", "not-to-be-shown"), new("Email:Smtp:Port", "2525")], "settings");

        Assert.Equal(0, finished.ExitCode);
        Assert.Matches(@"Email:Smtp:Port +2525 +environment LIFEGUARD__Email__Smtp__Port ", finished.Printed);
        Assert.Matches(@"Limits:BodyBytes +2097152 +default ", finished.Printed);
        Assert.DoesNotContain("not-to-be-shown", finished.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_passes_a_sound_installation_and_names_what_is_wrong_with_another()
    {
        var unsafeOne = await served.Installation.RunWith([new("Listen", "http://0.0.0.0:0")], "doctor");

        Assert.EndsWith(
            "ok       The server can start.", (await Run("doctor")).TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(1, unsafeOne.ExitCode);
        Assert.Contains("refused  Listen: ", unsafeOne.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_notices_that_the_master_key_is_not_that_of_the_database()
    {
        var key = Path.Combine(served.Installation.Folder, "another.key");
        await Run("keys", "create-master", key);

        var finished = await served.Installation.RunWith([new("MasterKeyFile", key)], "doctor");

        Assert.Equal(1, finished.ExitCode);
        const string words = "Is it the right master key for this database?";
        Assert.Contains(words, finished.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Access_keys_are_listed_without_their_secrets()
    {
        var key = await served.NewKey("--expires", "1h");

        var listed = await Run("access-key", "list");

        Assert.Matches($@"{key.AccessKeyId} +somebody +\S+Z +\S+Z", listed);
        Assert.Matches($@"{served.Administrator.AccessKeyId} +administrator +\S+Z +never", listed);
        Assert.DoesNotContain(key.SecretAccessKey, listed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--before", "yesterday", "--before takes the id of a message, as the list shows it.")]
    [InlineData("--limit", "0", "--limit takes a number from 1 to 1000.")]
    [InlineData("--limit", "-5", "--limit takes a number from 1 to 1000.")]
    [InlineData("--limit", "1001", "--limit takes a number from 1 to 1000.")]
    [InlineData("--state", "lost", "--state takes pending, sent or failed.")]
    public async Task Messages_are_not_listed_by_a_value_that_means_nothing(
        string option, string value, string words)
    {
        var pool = (await served.Program.Client(served.Administrator)
            .Must("CreateUserPool", new { PoolName = "messages" })).Text("UserPool.Id");

        var refused = await served.Installation.Run("message", "list", "--pool", pool, option, value);

        Assert.Equal((1, $"lifeguard: {words}"), (refused.ExitCode, refused.Printed.Trim()));
    }

    [Fact]
    public async Task Tokens_signed_before_a_rotation_stay_good_and_new_ones_come_from_new_keys()
    {
        var api = served.Program.Client(served.Administrator);
        var pool = (await api.Must("CreateUserPool", new { PoolName = "rotated" })).Text("UserPool.Id");
        var client = (await api.Must("CreateUserPoolClient", new
        {
            UserPoolId = pool,
            ClientName = "app",
            ExplicitAuthFlows = new[] { "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH" },
        })).Text("UserPoolClient.ClientId");
        await api.Must("AdminCreateUser", new
        {
            UserPoolId = pool,
            Username = "ana",
            MessageAction = "SUPPRESS",
        });
        await api.Must("AdminSetUserPassword", new
        {
            UserPoolId = pool,
            Username = "ana",
            Password = "First-Passw0rd!",
            Permanent = true,
        });
        var before = await SignIn(api, client);
        var firstKeys = await KeysOf(api, pool);

        await Run("keys", "rotate", "--pool", pool);
        await Eventually.Holds(async () => (await KeysOf(api, pool)).Count == 2 * firstKeys.Count);

        var keys = await KeysOf(api, pool);
        Assert.Superset(firstKeys.Keys.ToHashSet(), keys.Keys.ToHashSet());
        MustVerify(before, firstKeys);
        MustVerify(before, keys);
        await api.Must("GetUser", new { AccessToken = before });
        // Whoever has read the keys before goes on verifying what is signed now.
        MustVerify(await SignIn(api, client), firstKeys);

        await Run("keys", "rotate", "--pool", pool, "--at-once");
        await Eventually.Holds(async () => (await KeysOf(api, pool)).Count == 3 * firstKeys.Count);
        var after = await SignIn(api, client);
        MustVerify(after, await KeysOf(api, pool));
        Assert.DoesNotContain(KeyId(after), firstKeys.Keys);
    }

    private async Task<string> Run(params string[] arguments)
    {
        var finished = await served.Installation.Run(arguments);
        Assert.True(finished.ExitCode == 0, finished.Printed);
        return finished.Printed;
    }

    private static async Task<string> SignIn(ApiClient api, string client)
    {
        var answer = await api.Must("InitiateAuth", new
        {
            ClientId = client,
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = new { USERNAME = "ana", PASSWORD = "First-Passw0rd!" },
        });
        return answer.Text("AuthenticationResult.AccessToken");
    }

    private static async Task<Dictionary<string, RSAParameters>> KeysOf(ApiClient api, string pool)
    {
        var (_, text) = await api.Get($"{pool}/.well-known/jwks.json");
        return Json.Parse(text).GetProperty("keys").EnumerateArray().ToDictionary(
            key => key.Text("kid"),
            key => new RSAParameters { Modulus = Bytes(key.Text("n")), Exponent = Bytes(key.Text("e")) });
    }

    private static void MustVerify(string token, Dictionary<string, RSAParameters> keys)
    {
        using var rsa = RSA.Create(keys[KeyId(token)]);
        var end = token.LastIndexOf('.');
        Assert.True(rsa.VerifyData(
            Encoding.ASCII.GetBytes(token[..end]), Bytes(token[(end + 1)..]),
            HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static string KeyId(string token) =>
        Json.Parse(Encoding.UTF8.GetString(Bytes(token.Split('.')[0]))).Text("kid");

    private static byte[] Bytes(string base64Url) => System.Buffers.Text.Base64Url.DecodeFromChars(base64Url);
}
