using Lifeguard.Contract;
using Lifeguard.Domain.Imports;
using Lifeguard.Domain.Tests.Pools;
using Xunit;

namespace Lifeguard.Domain.Tests.Imports;

public sealed class ImportRulesTests
{
    private const string Bcrypt = "$2b" + BcryptTail;
    private const string BcryptTail = "$04$CCCCCCCCCCCCCCCCCCCCC.BvH9kgmVVEP2voNAWITqdCsKCoM7Pbu";
    private const string Cheap = "$argon2id$v=19$m=8,t=1,p=1$";
    private const string Salt16 = "MDEyMzQ1Njc4OWFiY2RlZg";
    private const string Hash16 = "1b9veX6XXECwB0bdZZ4hOQ";
    private const string Email = "'AutoVerifiedAttributes':['email']";
    private const string Both = "'AutoVerifiedAttributes':['email','phone_number']," + GivenPools.Sms;
    private const string EmailName = Email + ",'UsernameAttributes':['email']";

    private const string Verified = "cognito:username=ana;email=a@b.c;email_verified=true;";

    private static readonly DateTimeOffset Now = new(2026, 3, 6, 4, 5, 9, TimeSpan.Zero);

    [Fact]
    public void The_header_has_the_attributes_that_can_be_written_then_the_services_own()
    {
        var pool = Pool(Email + ",'Schema':[{'Name':'level','AttributeDataType':'Number'},"
            + "{'Name':'secret','AttributeDataType':'String','DeveloperOnlyAttribute':true}]");

        string[] expected =
        [
            "name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile",
            "picture", "website", "email", "email_verified", "gender", "birthdate", "zoneinfo", "locale",
            "phone_number", "phone_number_verified", "address", "updated_at", "custom:level",
            "cognito:mfa_enabled", "cognito:username",
        ];
        Assert.Equal(expected, ImportHeader.For(pool));
    }

    [Fact]
    public void Columns_stand_in_any_order_and_all_of_them_must_be_there()
    {
        var pool = Pool(Email);
        var names = ImportHeader.For(pool);

        Assert.Equal(names.Count, ImportHeader.Read(pool, null, [.. names.Reverse()]).Width);
        Assert.Equal(names.Count + 1, ImportHeader.Read(pool, null, [.. names, "password_hash"]).Width);
        Assert.Equal("The CSV file has no header.", Refusal(null));
        Assert.Equal("The CSV file has no header.", Refusal([""]));
        Assert.Equal("The header of the CSV file lacks the column website.",
            Refusal([.. names.Where(name => name != "website")]));
        Assert.Equal("The header of the CSV file repeats the column email.", Refusal([.. names, "email"]));
        Assert.Equal("The header of the CSV file has the unknown column sub.", Refusal([.. names, "sub"]));
        Assert.Equal(
            $"The header of the CSV file has the unknown column {new string('x', 64)}.",
            Refusal([.. names, new string('x', 500)]));

        string Refusal(IReadOnlyList<string>? header) =>
            Assert.Throws<FileRefusedException>(() => ImportHeader.Read(pool, null, header)).Message;
    }

    [Fact]
    public void A_file_with_hashes_may_leave_out_what_it_does_not_fill_in()
    {
        var pool = Pool(Email);

        ImportHeader.Read(
            pool, "BCRYPT", ["cognito:username", "email", "email_verified", "password_hash"]);
        Assert.Equal(
            "The header of the CSV file lacks the column password_hash.",
            Assert.Throws<FileRefusedException>(
                () => ImportHeader.Read(pool, "BCRYPT", ImportHeader.For(pool))).Message);
    }

    [Fact]
    public void A_row_becomes_a_user_who_has_to_reset_the_password()
    {
        var user = Read(Email, "cognito:username=ana;email=a@b.c;email_verified=TRUE;birthdate=02/01/1985;"
            + "updated_at=1471453471;cognito:mfa_enabled=False").User!;

        Assert.Equal(("ana", "RESET_REQUIRED", "the-sub"), (user.Username, user.Status, user.Sub));
        Assert.Null(user.Password);
        Assert.Equal((Now, Now, true), (user.CreatedAt, user.ModifiedAt, user.Enabled));
        Assert.Equal(
            "email=a@b.c email_verified=true birthdate=1985-02-01 updated_at=1471453471",
            string.Join(' ', user.Attributes.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Fact]
    public void A_row_with_a_hash_becomes_a_confirmed_user_without_a_verifier()
    {
        var user = Read(Email, Verified + $"password_hash={Bcrypt}", "BCRYPT").User!;

        Assert.Equal("CONFIRMED", user.Status);
        Assert.Equal((Bcrypt, 0, false),
            (user.Password!.Hash, user.Password.SrpVerifier.Length, user.Password.IsTemporary));
        Assert.Equal("RESET_REQUIRED", Read(Email, Verified, "BCRYPT").User!.Status);
    }

    [Theory]
    [InlineData("'PASSWORD'", "", "RESET_REQUIRED")]
    [InlineData("'PASSWORD','EMAIL_OTP'", "", "CONFIRMED")]
    [InlineData("'PASSWORD','WEB_AUTHN'", "", "RESET_REQUIRED")]
    [InlineData("'PASSWORD','SMS_OTP'", "", "RESET_REQUIRED")]
    [InlineData("'PASSWORD','SMS_OTP'", "phone_number=+4917012345;", "CONFIRMED")]
    public void Who_can_sign_in_by_a_code_is_confirmed(string factors, string more, string status)
    {
        var settings =
            Both + ",'Policies':{'SignInPolicy':{'AllowedFirstAuthFactors':[" + factors + "]}}";

        Assert.Equal(status, Read(settings, Verified + more).User!.Status);
    }

    [Fact]
    public void Where_addresses_are_the_names_the_name_becomes_the_address()
    {
        var user = Read(EmailName, "cognito:username=a@b.c;email_verified=true").User!;

        Assert.Equal(("the-sub", "a@b.c"), (user.Username, user.Attributes["email"]));
        Assert.Equal(
            "Username should be an email.", Read(EmailName, Verified).Refusal);
        Assert.Equal(
            "User name and the attribute email must have the same value.",
            Read(EmailName, "cognito:username=x@b.c;email=a@b.c;email_verified=true").Refusal);
    }

    [Theory]
    [InlineData(Email, "email=a@b.c;email_verified=TRUE", true)]
    [InlineData(Email, "email=a@b.c;email_verified=false", false)]
    [InlineData(Email, "email=a@b.c", false)]
    [InlineData(Email, "phone_number=+4917012345;phone_number_verified=true", false)]
    [InlineData(Both, "phone_number=+4917012345;phone_number_verified=true", true)]
    [InlineData(Both, "email=a@b.c;email_verified=true;phone_number_verified=false", true)]
    public void One_of_the_pools_auto_verified_attributes_must_be_verified(
        string settings, string values, bool isGood)
    {
        var read = Read(settings, "cognito:username=ana;" + values);

        Assert.Equal(isGood ? null : ImportWords.NotVerified, read.Refusal);
    }

    [Theory]
    [InlineData("OFF", "", "", null)]
    [InlineData("OFF", "FALSE", "", null)]
    [InlineData("OFF", "true", "", "cognito:mfa_enabled must be false, as MFA is off in the user pool.")]
    [InlineData("ON", "", "", null)]
    [InlineData("ON", "TRUE", "", null)]
    [InlineData("ON", "false", "", "cognito:mfa_enabled must be true, as the user pool requires MFA.")]
    [InlineData("OPTIONAL", "", "", null)]
    [InlineData("OPTIONAL", "false", "", null)]
    [InlineData("OPTIONAL", "true", "SMS_MFA", null)]
    [InlineData("OPTIONAL", "1", "", "cognito:mfa_enabled must be true or false.")]
    public void The_column_of_second_factors_must_agree_with_the_pool(
        string configuration, string value, string factors, string? refusal)
    {
        var pool = Pool(Both);
        pool = pool with { Settings = pool.Settings with { MfaConfiguration = configuration } };

        var read = Read(pool, Verified + $"phone_number=+4917012345;cognito:mfa_enabled={value}", null);

        Assert.Equal(refusal, read.Refusal);
        if (read.User is { } user) Assert.Equal(factors, string.Join(' ', user.Mfa.Enabled));
    }

    [Theory]
    [InlineData("ana banana", "cognito:username is longer than 128 characters or contains a space.")]
    [InlineData("ana\tbanana", "cognito:username is longer than 128 characters or contains a space.")]
    [InlineData("ana\0", "cognito:username is longer than 128 characters or contains a space.")]
    [InlineData("", "cognito:username is missing.")]
    [InlineData("Ζωή🦭", null)]
    public void Names_have_no_spaces(string name, string? refusal) => Assert.Equal(
        refusal, Read(Email, $"cognito:username={name};email=a@b.c;email_verified=true").Refusal);

    [Fact]
    public void Hashes_need_an_algorithm()
    {
        Assert.Equal(
            "password_hash is given, but the import job names no PasswordHashingAlgorithm.",
            Read(Email, Verified + $"password_hash={Bcrypt}").Refusal);
        Assert.Equal(
            "password_hash was not made with SCRYPT.",
            Read(Email, Verified + $"password_hash={Bcrypt}", "SCRYPT").Refusal);
    }

    [Theory]
    [InlineData("BCRYPT", $"$2x{BcryptTail}", "is of a version of bcrypt other than 2a, 2b and 2y.")]
    [InlineData(
        "ARGON2ID", $"{Cheap}MDEyMzQ1Ng${Hash16}", "has a salt of less than 8 or more than 64 bytes.")]
    [InlineData(
        "ARGON2ID", $"{Cheap}{Salt16}$MDEyMzQ1Ng", "has a hash of less than 16 or more than 64 bytes.")]
    [InlineData("ARGON2ID", $"$argon2i$v=19$m=8,t=1,p=1${Salt16}${Hash16}", "was not made with ARGON2ID.")]
    [InlineData(
        "ARGON2ID", $"$argon2id$m=8,t=1,p=1${Salt16}${Hash16}", "is of a version of Argon2 other than 19.")]
    [InlineData("ARGON2ID", $"{Cheap}{Salt16}", "is malformed.")]
    public void The_reason_says_which_hashes_cannot_be_verified(
        string algorithm, string hash, string reason) => Assert.Equal(
            "password_hash " + reason,
            Read(Email, Verified + $"password_hash={hash}", algorithm).Refusal);

    [Theory]
    [InlineData(
        "ana,$argon2id$v=19$m=8,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$1b9veX6XXECwB0bdZZ4hOQ,a@b.c,true", null)]
    [InlineData("ana,too,many,values,a@b.c,true", "password_hash is malformed.")]
    [InlineData("ana,,,,a@b.c,true", "password_hash is malformed.")]
    [InlineData("ana,too,many,a@b.c,true", "The row has 5 values, and the header has 4 columns.")]
    public void The_commas_of_Argon2id_need_no_backslash(string row, string? refusal)
    {
        var pool = Pool(Email);
        var header = ImportHeader.Read(
            pool, "ARGON2ID", ["cognito:username", "password_hash", "email", "email_verified"]);

        var read = new ImportRules(pool, header, "ARGON2ID").Read(row.Split(','), "the-sub", Now);

        Assert.Equal(refusal, read.Refusal);
        if (read.User is { } user)
            Assert.Equal(("a@b.c", "CONFIRMED"), (user.Attributes["email"], user.Status));
    }

    [Fact]
    public void Nor_does_the_comma_of_PBKDF2_as_a_PHC_string()
    {
        const string Row = "ana,a@b.c,true,$pbkdf2-sha256$i=1000,l=32$AAECAwQFBgcICQoLDA0ODw$"
            + "8WQMD1eyoAcbAedPte2TlPQrZtHRX8F+2+d4YD6vyjs";
        var pool = Pool(Email);
        var header = ImportHeader.Read(
            pool, "PBKDF2_SHA256", ["cognito:username", "email", "email_verified", "password_hash"]);

        var read = new ImportRules(pool, header, "PBKDF2_SHA256").Read(Row.Split(','), "the-sub", Now);

        Assert.Equal("CONFIRMED", read.User?.Status);
        Assert.StartsWith("$pbkdf2-sha256$i=1000,l=32$", read.User?.Password?.Hash);
    }

    [Fact]
    public void A_reason_is_one_line_of_bounded_length_without_what_stands_in_the_row()
    {
        string[] required =
        [
            "name", "given_name", "family_name", "middle_name", "nickname", "profile", "picture", "website",
            "gender", "zoneinfo", "locale",
        ];
        var schema = string.Join(',', required.Select(name => $"{{'Name':'{name}','Required':true}}"));

        var refusal = Read(Email + $",'Schema':[{schema}]", Verified).Refusal!;

        Assert.Equal(256, refusal.Length);
        Assert.DoesNotContain('\n', refusal);
        Assert.DoesNotContain("a@b.c", refusal, StringComparison.Ordinal);
    }

    private static UserPool Pool(string settings) => new()
    {
        Id = "eu-west-1_Import0001",
        Settings = GivenPools.New("'Name':'p'," + settings.Replace("'Schema'", "'SchemaAttributes'")),
        CreatedAt = Now,
        ModifiedAt = Now,
    };

    private static ImportedRow Read(string settings, string values, string? algorithm = null) =>
        Read(Pool(settings), values, algorithm);

    private static ImportedRow Read(UserPool pool, string values, string? algorithm)
    {
        string[] names = [.. ImportHeader.For(pool), ImportHeader.PasswordHash];
        var given = values.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        var rules = new ImportRules(pool, ImportHeader.Read(pool, algorithm, names), algorithm);
        return rules.Read([.. names.Select(name => given.GetValueOrDefault(name, ""))], "the-sub", Now);
    }
}
