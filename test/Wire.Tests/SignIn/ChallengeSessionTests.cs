using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;
using Lifeguard.Operations.Flows;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>What travels in a session comes out as it went in, and fits into what clients may send
/// back.</summary>
public sealed class ChallengeSessionTests
{
    private const string Challenge = "CUSTOM_CHALLENGE";

    private static readonly AppClient Client = new()
    {
        PoolId = "us-east-1_Pool00001",
        Id = "client",
        Settings = new() { ClientName = "app" },
        CreatedAt = World.Beginning,
        ModifiedAt = World.Beginning,
    };

    private static readonly User Ana = new()
    {
        PoolId = Client.PoolId,
        Sub = "4f52ce64-a733-4e02-a72e-76ae6ba5d2b6",
        Username = "ana",
        Status = "CONFIRMED",
        CreatedAt = World.Beginning,
        ModifiedAt = World.Beginning,
    };

    [Fact]
    public async Task Everything_comes_out_as_it_went_in()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var sessions = world.Get<ChallengeSessions>();
        var proved = Begun(world).WithFirstFactor(AuthMethods.Password).WithSecondFactor(AuthMethods.Sms);
        var progress = proved with
        {
            HasNewPassword = true,
            HasDevice = true,
            History = [new("SRP_A", true, null), new(Challenge, false, "round \"2\"")],
        };
        var pending = new PendingChallenge(Challenge)
        {
            CodeHash = [1, 2, 3],
            NewContact = new("email", "ana@example.com"),
            HasNewSoftwareToken = true,
            Metadata = "round \"3\"",
            PrivateParameters = new Dictionary<string, string> { ["answer"] = "\u2603", [""] = "" },
        };

        var session = sessions.Begin(Client, Ana, progress, pending, World.Beginning);
        var opened = sessions.Open(session, Client, Challenge, World.Beginning);

        Assert.Equal(Ana.Sub, opened.Sub);
        Assert.Equal(progress.History, opened.Progress.History);
        Assert.Equal(["pwd", "sms", "mfa"], opened.Progress.Methods);
        Assert.Equal(
            progress with { History = [], Methods = [] },
            opened.Progress with { History = [], Methods = [] });
        Assert.Equal(pending.CodeHash, opened.Pending.CodeHash!);
        Assert.Equal(pending.PrivateParameters, opened.Pending.PrivateParameters);
        Assert.Equal(
            pending with { CodeHash = null, PrivateParameters = null },
            opened.Pending with { CodeHash = null, PrivateParameters = null });
        Assert.Equal(World.Beginning, progress.BeganAt);
        Assert.InRange(session.Length, 20, ChallengeSessions.MaxLength);
    }

    [Fact]
    public async Task What_triggers_put_into_it_has_to_fit()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var sessions = world.Get<ChallengeSessions>();

        Assert.InRange(Begin(400).Length, 1000, ChallengeSessions.MaxLength);
        var refusal = Assert.Throws<ApiException>(() => Begin(2000));
        Assert.Equal("InvalidLambdaResponseException", refusal.Code);

        string Begin(int length) => sessions.Begin(
            Client,
            Ana,
            Begun(world) with { History = [new(Challenge, true, new string('x', length))] },
            new(Challenge),
            World.Beginning);
    }

    [Fact]
    public async Task A_device_key_that_cannot_be_one_counts_as_none()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var random = world.Get<RandomSource>();

        Assert.Null(SignInProgress.Begin("f", new string('x', 56), random, World.Beginning).DeviceKey);
        var progress = SignInProgress.Begin("f", new string('x', 55), random, World.Beginning);
        Assert.Equal(55, progress.DeviceKey!.Length);
        Assert.Equal("other", progress.On("other").DeviceKey);
        Assert.Equal(progress, progress.On(null));
        Assert.Null(progress.On(new string('x', 56)).DeviceKey);
    }

    private static SignInProgress Begun(World world) => SignInProgress.Begin(
        "CUSTOM_AUTH", "us-east-1_0195686f-0d08-7000-8000-000000000000", world.Get<RandomSource>(),
        World.Beginning);
}
