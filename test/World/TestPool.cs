using System.Text.Json.Nodes;

namespace Lifeguard.Worlds;

/// <summary>A pool with a client, and shortcuts for bringing
/// users into the state a test begins with.</summary>
public sealed class TestPool(World world, string id, string clientId, string? clientSecret = null)
{
    /// <summary>A password that the default policy accepts.</summary>
    public const string Password = "Old-1234!";

    public string Id => id;

    public string ClientId => clientId;

    /// <summary>Null for a public client.</summary>
    public string? ClientSecret => clientSecret;

    /// <summary>A pool of the given settings, with one client that may use every password flow.</summary>
    public static async Task<TestPool> Create(World world, object? settings = null, object? client = null)
    {
        var request = Merge(new { PoolName = "test" }, settings);
        var pool = await world.Must("CreateUserPool", request);
        return await WithClient(world, pool["UserPool"]!["Id"]!.GetValue<string>(), client);
    }

    /// <summary>The same pool, seen through another client.</summary>
    public Task<TestPool> AnotherClient(object? client = null) => WithClient(world, id, client);

    private static async Task<TestPool> WithClient(World world, string id, object? client)
    {
        string[] flows =
        [
            "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH",
            "ALLOW_REFRESH_TOKEN_AUTH",
        ];
        var made = await world.Must(
            "CreateUserPoolClient",
            Merge(new { UserPoolId = id, ClientName = "app", ExplicitAuthFlows = flows }, client));
        return new TestPool(
            world,
            id,
            made["UserPoolClient"]!["ClientId"]!.GetValue<string>(),
            made["UserPoolClient"]!["ClientSecret"]?.GetValue<string>());
    }

    /// <summary>A user with a permanent password and a verified e-mail address.</summary>
    public Task<TestUser> ConfirmedUser(string username, string? email = null, string? phone = null) =>
        User(username, email, phone, permanent: true);

    /// <summary>A user with a temporary password.</summary>
    public Task<TestUser> InvitedUser(string username, string? email = null, string? phone = null) =>
        User(username, email, phone, permanent: false);

    public Task<Answer> SignIn(string username, string password = Password) => world.Call(
        "InitiateAuth",
        new
        {
            AuthFlow = "USER_PASSWORD_AUTH",
            ClientId = clientId,
            AuthParameters = new Dictionary<string, string>
            {
                ["USERNAME"] = username,
                ["PASSWORD"] = password,
            },
        });

    /// <summary>The user's status, as an administrator sees it.</summary>
    public async Task<string> StatusOf(string username)
    {
        var user = await world.Must("AdminGetUser", new { UserPoolId = id, Username = username });
        return user["UserStatus"]!.GetValue<string>();
    }

    /// <summary>The six digits in the last message, e-mail or SMS.</summary>
    public string LastCode()
    {
        var body = world.Sms.Sent.Count > 0 && world.Email.Sent.Count == 0
            ? world.Sms.Sent[^1].Body
            : world.Email.Sent[^1].Body;
        return new string([.. body.Where(char.IsAsciiDigit)]);
    }

    private async Task<TestUser> User(string username, string? email, string? phone, bool permanent)
    {
        var attributes = new List<object>();
        Add("email", email);
        Add("phone_number", phone);
        var created = await world.Must(
            "AdminCreateUser",
            new
            {
                UserPoolId = id,
                Username = username,
                UserAttributes = attributes,
                MessageAction = "SUPPRESS",
                TemporaryPassword = Password,
            });
        if (permanent)
        {
            await world.Must(
                "AdminSetUserPassword",
                new { UserPoolId = id, Username = username, Password, Permanent = true });
        }

        var user = created["User"]!;
        return new(
            user["Username"]!.GetValue<string>(),
            user["Attributes"]!.AsArray().First(a => a!["Name"]!.GetValue<string>() == "sub")!["Value"]!
                .GetValue<string>());

        void Add(string name, string? value)
        {
            if (value is null) return;
            attributes.Add(new { Name = name, Value = value });
            attributes.Add(new { Name = name + "_verified", Value = "true" });
        }
    }

    private static JsonObject Merge(object first, object? second)
    {
        var merged = System.Text.Json.JsonSerializer.SerializeToNode(first)!.AsObject();
        if (second is null) return merged;
        foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(second)!.AsObject())
            merged[name] = value?.DeepClone();
        return merged;
    }
}

/// <summary>A user that a test has made.</summary>
public sealed record TestUser(string Username, string Sub);
