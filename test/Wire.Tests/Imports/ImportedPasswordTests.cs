using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Imports;

/// <summary>How imported users sign in.</summary>
public sealed class ImportedPasswordTests
{
    private const string Wrong = "NotAuthorizedException: Incorrect username or password.";
    private const string Reset = "PasswordResetRequiredException: Password reset required for the user";
    private const string HashHeader = "cognito:username,email,email_verified,password_hash";

    // Each of TestPool.Password.
    private const string Bcrypt = "$2b$04$CCCCCCCCCCCCCCCCCCCCC.BvH9kgmVVEP2voNAWITqdCsKCoM7Pbu";
    private const string Pbkdf2 =
        "$pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw$8WQMD1eyoAcbAedPte2TlPQrZtHRX8F+2+d4YD6vyjs";

    private const string Scrypt = "1024$8$1$000102030405060708090a0b0c0d0e0f$"
        + "d4d4fe287747c3a568e530fef2b2019d259d2cf9bb2ace6b02bcaf3ff26a6fed";

    private const string ShortSalt =
        "$argon2id$v=19$m=8,t=1,p=1$AAECAwQFBgc$5gqkU10KTz3yshZdVnybW3/1G98hmY2CZZtky1sBfGI";

    public static TheoryData<string, string> Hashes => new()
    {
        { "BCRYPT", Bcrypt }, { "PBKDF2_SHA256", Pbkdf2 }, { "SCRYPT", Scrypt }, { "ARGON2ID", "" },
        { "ARGON2ID", ShortSalt },
    };

    [Theory, MemberData(nameof(Hashes))]
    public async Task The_old_password_works_and_becomes_the_deployments_own(string algorithm, string hash)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.Pool(world);
        await Import(world, pool, algorithm, hash.Length > 0 ? hash : Argon2id());
        var app = new TestApp(world, pool);

        Assert.Equal("CONFIRMED", await pool.StatusOf("ana"));
        Assert.Equal(Wrong, TestApp.Outcome(await app.Password("ana", "Wrong-1234!")));
        // There is no verifier yet.
        Assert.Equal(Wrong, TestApp.Outcome(await app.Srp("ana")));
        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana")));

        var password = (await UserOf(world, pool)).Password!;
        Assert.StartsWith("$argon2id$v=19$m=64,t=1,p=1$", password.Hash);
        Assert.Equal(World.Beginning, password.SetAt);
        Assert.Equal("tokens", TestApp.Outcome(await app.Srp("ana")));
        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana")));
        Assert.Equal(Wrong, TestApp.Outcome(await app.Srp("ana", "Wrong-1234!")));
    }

    [Fact]
    public async Task Administrators_sign_imported_users_in_too_and_the_history_knows_the_old_hash()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new
        {
            AutoVerifiedAttributes = (string[])["email"],
            Policies = new
            {
                PasswordPolicy = new { MinimumLength = 8, PasswordHistorySize = 2 },
            },
        });
        await Import(world, pool, "SCRYPT", Scrypt);

        Assert.Equal("PasswordHistoryPolicyViolationException", (await world.Call(
            "AdminSetUserPassword",
            new { UserPoolId = pool.Id, Username = "ana", TestPool.Password, Permanent = true })).Code);
        Assert.Equal(
            "tokens", TestApp.Outcome(await new TestApp(world, pool, byAdministrator: true).Password("ana")));
    }

    [Fact]
    public async Task Of_many_first_sign_ins_at_once_all_succeed()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.Pool(world);
        await Import(world, pool, "BCRYPT", Bcrypt);

        var outcomes = await world.Burst(8, "InitiateAuth", _ => new
        {
            AuthFlow = "USER_PASSWORD_AUTH",
            pool.ClientId,
            AuthParameters = new Dictionary<string, string>
            {
                ["USERNAME"] = "ana",
                ["PASSWORD"] = TestPool.Password,
            },
        });

        Assert.Equal(8, outcomes["200"]);
    }

    [Theory]
    [InlineData("LEGACY", Reset)]
    [InlineData("ENABLED", Wrong)]
    public async Task Without_a_hash_the_password_has_to_be_reset_whatever_the_flow(
        string existence, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, PoolKinds.Of("verifies email"), new { PreventUserExistenceErrors = existence });
        await Import(world, pool, "BCRYPT", "");

        Assert.Equal("RESET_REQUIRED", await pool.StatusOf("ana"));
        var app = new TestApp(world, pool);
        Assert.Equal(expected, TestApp.Outcome(await app.Password("ana")));
        Assert.Equal(expected, TestApp.Outcome(await app.Srp("ana")));
        Assert.Equal(
            expected, TestApp.Outcome(await new TestApp(world, pool, byAdministrator: true).Password("ana")));
    }

    [Fact]
    public async Task A_reset_by_the_user_ends_that()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.Pool(world);
        await Import(world, pool, "BCRYPT", "");

        await world.Public(pool, "ForgotPassword", "ana");
        await world.Public(pool, "ConfirmForgotPassword", "ana", new
        {
            ConfirmationCode = pool.LastCode(),
            Password = "New-1234!",
        });

        Assert.Equal("CONFIRMED", await pool.StatusOf("ana"));
        Assert.True((await pool.SignIn("ana", "New-1234!")).IsSuccess);
    }

    [Fact]
    public async Task A_second_factor_that_was_imported_is_not_passed_over()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new
        {
            AutoVerifiedAttributes = (string[])["email"],
            MfaConfiguration = "OPTIONAL",
            SmsConfiguration = new { SnsCallerArn = "arn:aws:iam::000000000000:role/sms", ExternalId = "x" },
        });
        var job = await world.Started(
            pool,
            Importing.File(
                "cognito:username,email,email_verified,phone_number,cognito:mfa_enabled,password_hash",
                $"ana,ana@example.com,true,+4917012345,true,{Bcrypt}",
                $"bob,bob@example.com,true,+4917012346,false,{Bcrypt}"),
            "BCRYPT");
        await world.RunImports();

        Assert.Equal("Succeeded 2/0/0 Import Job Completed Successfully.", await job.Summary());
        Assert.NotEqual("tokens", TestApp.Outcome(await pool.SignIn("ana")));
        Assert.True((await pool.SignIn("bob")).IsSuccess);
    }

    private static string Argon2id() => Protocol.Passwords.Argon2idHash.Create(
        TestPool.Password, new byte[16], new(1024, 2)).Text;

    private static async Task Import(World world, TestPool pool, string algorithm, string hash)
    {
        var job = await world.Started(
            pool, Importing.File(HashHeader, $"ana,ana@example.com,true,{Escaped(hash)}"), algorithm);
        await world.RunImports();
        Assert.Equal("Succeeded 1/0/0 Import Job Completed Successfully.", await job.Summary());
    }

    /// <summary>Argon2id's parameters stand between commas.</summary>
    private static string Escaped(string hash) => hash.Replace(",", @"\,", StringComparison.Ordinal);

    private static async Task<User> UserOf(World world, TestPool pool) => await world.Get<ResolveUser>().Get(
        await world.Get<PoolStore>().Get(pool.Id, CancellationToken.None), "ana", CancellationToken.None);
}
