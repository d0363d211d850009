using System.Globalization;
using System.Text.Json;

namespace Lifeguard.Crash.Tests;

/// <summary>The pool that all clients of the load work on.</summary>
internal sealed record Pool(ApiClient Api, string Id, string Client)
{
    /// <summary>A pool whose users are known by telephone too.</summary>
    public static async Task<Pool> Create(ApiClient api)
    {
        var pool = (await api.Must("CreateUserPool", new
        {
            PoolName = "crash",
            AliasAttributes = new[] { "phone_number" },
            AutoVerifiedAttributes = new[] { "phone_number" },
            SmsConfiguration = new { SnsCallerArn = "arn:aws:iam::000000000000:role/sms", ExternalId = "id" },
        })).GetProperty("UserPool").GetProperty("Id").GetString()!;
        var client = (await api.Must("CreateUserPoolClient", new
        {
            UserPoolId = pool,
            ClientName = "app",
            PreventUserExistenceErrors = "LEGACY",
            ExplicitAuthFlows = new[] { "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH" },
        })).GetProperty("UserPoolClient").GetProperty("ClientId").GetString()!;
        return new(api, pool, client);
    }

    public object Named(KnownUser user) => new { UserPoolId = Id, Username = user.Name };

    public object OfApp(KnownUser user) => new { ClientId = Client, Username = user.Name };

    public object Invited(KnownUser user) => new
    {
        UserPoolId = Id,
        Username = user.Name,
        MessageAction = "SUPPRESS",
        UserAttributes = (object[])
        [
            new { Name = "phone_number", Value = user.Phone },
            new { Name = "phone_number_verified", Value = "true" },
            new { Name = "nickname", Value = "0" },
        ],
    };

    public object SignedUp(KnownUser user) => new
    {
        ClientId = Client,
        Username = user.Name,
        Password = "First-Passw0rd!",
        UserAttributes = (object[])
        [
            new { Name = "phone_number", Value = user.Phone }, new { Name = "nickname", Value = "0" },
        ],
    };

    public object Nicknamed(KnownUser user, int nickname) => new
    {
        UserPoolId = Id,
        Username = user.Name,
        UserAttributes = (object[])
        [
            new { Name = "nickname", Value = nickname.ToString(CultureInfo.InvariantCulture) },
            new { Name = "phone_number_verified", Value = "true" },
        ],
    };

    public object WithPassword(KnownUser user, string password) =>
        new { UserPoolId = Id, Username = user.Name, Password = password, Permanent = true };

    public Task<ApiAnswer> SignIn(string name, string password) => Api.Call("InitiateAuth", new
    {
        ClientId = Client,
        AuthFlow = "USER_PASSWORD_AUTH",
        AuthParameters = new { USERNAME = name, PASSWORD = password },
    });

    /// <summary>The users that a filter finds, page after page.</summary>
    public async Task<IReadOnlyList<JsonElement>> List(string? filter = null)
    {
        var found = new List<JsonElement>();
        string? token = null;
        do
        {
            var page = await Api.Must(
                "ListUsers", new { UserPoolId = Id, Filter = filter, PaginationToken = token });
            found.AddRange(page.GetProperty("Users").EnumerateArray());
            token = page.TryGetProperty("PaginationToken", out var next) ? next.GetString() : null;
        }
        while (token is not null);

        return found;
    }
}
