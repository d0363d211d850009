using System.Globalization;
using System.Text.Json;

namespace Lifeguard.Crash.Tests;

/// <summary>Compares what a restarted server knows with what its clients were told.</summary>
internal sealed class Aftermath(Pool pool, Installation installation, CodeReceiver codes)
{
    /// <summary>Looks at one user from every side.</summary>
    public async Task Check(KnownUser user)
    {
        var answer = await pool.Api.Call("AdminGetUser", pool.Named(user));
        if (answer.ErrorType == "UserNotFoundException")
        {
            Assert.True(user.Acknowledged is null, $"lost: {user}");
            Assert.Empty(await pool.List($"phone_number = \"{user.Phone}\""));
            return;
        }

        Assert.True(answer.ErrorType is null, $"{user}: {answer.ErrorType}");
        var seen = Read(answer.Body);
        var outcome = Matching(user, seen);
        await MustBeFoundBy(user);
        if (user.UnderWay is not null) return;
        // Only where nothing was under way is it known which password and which code are in force.
        if (outcome.AwaitsCode) await MustRedeem(user, outcome);
        else if (outcome is { Status: "CONFIRMED", Password: { } password }) await MustSignIn(user, password);
    }

    /// <summary>No row stands alone.</summary>
    public async Task CheckRows()
    {
        Assert.Empty(await installation.Look(
            "SELECT a.value FROM user_alias a WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.sub = a.sub)"));
        Assert.Empty(await installation.Look(
            "SELECT s.value FROM user_search s "
            + "WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.sub = s.sub)"));
        Assert.Empty(await installation.Look(
            "SELECT u.username FROM users u WHERE NOT EXISTS "
            + "(SELECT 1 FROM user_search s WHERE s.sub = u.sub AND s.attribute = 'phone_number')"));
        Assert.Empty(await installation.Look(
            "SELECT u.username FROM users u WHERE u.status = 'FORCE_CHANGE_PASSWORD' AND NOT EXISTS "
            + "(SELECT 1 FROM user_alias a WHERE a.sub = u.sub)"));
    }

    private static (string Status, int Nickname) Read(JsonElement user)
    {
        var nickname = user.GetProperty("UserAttributes").EnumerateArray()
            .Single(attribute => attribute.GetProperty("Name").GetString() == "nickname");
        return (
            user.GetProperty("UserStatus").GetString()!,
            int.Parse(nickname.GetProperty("Value").GetString()!, CultureInfo.InvariantCulture));
    }

    private static Observed Matching(KnownUser user, (string Status, int Nickname) seen)
    {
        Observed?[] possible = [user.Acknowledged, user.UnderWay];
        var outcome = possible.FirstOrDefault(one => one is not null && (one.Status, one.Nickname) == seen);
        Assert.True(outcome is not null, $"{user}, but it is {seen}");
        return outcome!;
    }

    private async Task MustBeFoundBy(KnownUser user)
    {
        foreach (var filter in (string[])[$"phone_number = \"{user.Phone}\"", $"username = \"{user.Name}\""])
        {
            var found = Assert.Single(await pool.List(filter));
            Assert.Equal(user.Name, found.GetProperty("Username").GetString());
        }
    }

    private async Task MustSignIn(KnownUser user, string password)
    {
        var answer = await pool.SignIn(user.Name, password);
        Assert.True(answer.ErrorType is null, $"{user}: {answer.ErrorType}");
    }

    private async Task MustRedeem(KnownUser user, Observed outcome)
    {
        var code = codes.CodeOf(user.Phone);
        Assert.True(code is not null, $"no code came: {user}");
        var (operation, request) = outcome.Status == "UNCONFIRMED"
            ? ("ConfirmSignUp", (object)new
            {
                ClientId = pool.Client,
                Username = user.Name,
                ConfirmationCode = code,
            })
            : ("ConfirmForgotPassword", new
            {
                ClientId = pool.Client,
                Username = user.Name,
                ConfirmationCode = code,
                Password = "After-Passw0rd!",
            });
        var answer = await pool.Api.Call(operation, request);
        Assert.True(answer.ErrorType is null, $"{user}: {operation} said {answer.ErrorType}");
    }
}
