using System.Buffers;
using System.Globalization;
using System.Text;

namespace Lifeguard.Clients;

/// <summary>
/// A CSV file of users for a pool with e-mail aliases (<see cref="PoolSettings"/>): good rows, and among them
/// faulty ones of every kind, evenly spread.
/// </summary>
public sealed class CsvOfUsers
{
    private const string Header =
        "cognito:username,name,given_name,family_name,middle_name,nickname,preferred_username,profile,"
        + "picture,website,email,email_verified,gender,birthdate,zoneinfo,locale,phone_number,"
        + "phone_number_verified,address,updated_at,custom:level,cognito:mfa_enabled,password_hash";

    private const string Exists = "The user already exists.";
    private const string NoRow = "The row is longer than 16,000 characters or not UTF-8.";
    private const string Schema = "Attributes did not conform to the schema: ";

    private static readonly (Func<Row, Row> Spoil, string Reason)[] Faults =
    [
        (row => row with { Username = "u0" }, Exists),
        (row => row with { Email = "u0@example.com" }, "An account with the email already exists."),
        (row => row with { EmailVerified = "FALSE" },
            "The User Record does not set any of the auto verified attributes to true. "
            + "(Example: email_verified to true)."),
        (row => row with { Email = "" }, "Email is required to verify/un-verify an email"),
        (row => row with { Email = "at-nowhere" }, "Invalid email address format."),
        (row => row with { Username = "" }, "cognito:username is missing."),
        (row => row with { Username = "two words" },
            "cognito:username is longer than 128 characters or contains a space."),
        (row => row with { Username = "somebody@example.com" },
            "Username cannot be of email format, since user pool is configured for email alias."),
        (row => row with { Name = "" }, Schema + "name: The attribute is required"),
        (row => row with { Phone = "0171 123" }, "Invalid phone number format."),
        (row => row with { PhoneVerified = "maybe" },
            Schema + "phone_number_verified: Boolean must be true or false"),
        (row => row with { Birthdate = "1985-02-01" }, "birthdate must have the form mm/dd/yyyy."),
        (row => row with { UpdatedAt = "yesterday" }, Schema + "updated_at: Number is not valid"),
        (row => row with { Level = "11" }, Schema + "custom:level: Number must be no greater than 10"),
        (row => row with { Nickname = new string('n', 2049) }, "nickname is longer than 2048 characters."),
        (row => row with { Mfa = "yes" }, "cognito:mfa_enabled must be true or false."),
        (row => row with { Mfa = "TRUE" },
            "cognito:mfa_enabled must be false, as MFA is off in the user pool."),
        (row => row with { Tail = ",more" }, "The row has 24 values, and the header has 23 columns."),
        (row => row with { Tail = new string(' ', 16_000) }, NoRow),
        (row => row with { IsBroken = true }, NoRow),
        (row => row with { Hash = "$2b$10$abc" }, "password_hash is malformed."),
        (row => row with { Hash = "$2b$13$CtA.Rcu/szzn9U00wpUjOuN3vrgJRZycv4aOzcP3GzqzO8UDPEFq6" },
            "password_hash exceeds the bounds of BCRYPT."),
        (row => row with { Hash = "$pbkdf2-sha256$1$c2FsdA$VawEblbjCJ/sFpHCJUS2Bfm4" },
            "password_hash was not made with BCRYPT."),
    ];

    private readonly ArrayBufferWriter<byte> content = new();
    private readonly SortedDictionary<long, string> reasons = [];

    private CsvOfUsers() { }

    /// <summary>How many kinds of faulty rows there are.</summary>
    public static int Kinds => Faults.Length;

    /// <summary>Of CreateUserPool.</summary>
    public static object PoolSettings => new
    {
        PoolName = "imports",
        AliasAttributes = (string[])["email"],
        AutoVerifiedAttributes = (string[])["email"],
        Schema = (object[])
        [
            new { Name = "name", AttributeDataType = "String", Required = true },
            new
            {
                Name = "level",
                AttributeDataType = "Number",
                NumberAttributeConstraints = new { MaxValue = "10" },
            },
        ],
    };

    /// <summary>The file.</summary>
    public byte[] Bytes => content.WrittenSpan.ToArray();

    /// <summary>Why rows do not become users, by the number of their line.</summary>
    public IReadOnlyDictionary<long, string> Reasons => reasons;

    /// <summary>Rows in all.</summary>
    public int Rows { get; private init; }

    /// <summary>How many are of users there already are.</summary>
    public int Skipped => reasons.Values.Count(reason => reason == Exists);

    /// <summary>How many are faulty.</summary>
    public int Failed => reasons.Count - Skipped;

    /// <summary>How many become users.</summary>
    public int Imported => Rows - reasons.Count;

    /// <summary>A file with so many rows, <paramref name="faulty"/> of them faulty, by kinds in
    /// turn.</summary>
    /// <param name="hashes">Of passwords, made with bcrypt, which good rows have in turn; an empty text for
    /// none.</param>
    public static CsvOfUsers Make(int rows, int faulty, params IReadOnlyList<string> hashes)
    {
        var file = new CsvOfUsers { Rows = rows };
        file.Write(Header + "\n");
        var every = faulty == 0 ? int.MaxValue : rows / faulty;
        var spoilt = 0;
        for (var number = 0; number < rows; number++)
        {
            var row = Good(number, hashes.Count == 0 ? "" : hashes[number % hashes.Count]);
            if (number % every == every - 1 && spoilt < faulty)
            {
                var (spoil, reason) = Faults[spoilt++ % Faults.Length];
                row = spoil(row);
                // The header is line 1.
                file.reasons.Add(number + 2, reason);
            }

            file.Write(row.Text);
        }

        return file;
    }

    private void Write(string text)
    {
        // U+FFFF stands for a byte that UTF-8 never has.
        var parts = text.Split('\uFFFF');
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0) content.Write<byte>([0xFF]);
            content.Write<byte>(Encoding.UTF8.GetBytes(parts[i]));
        }
    }

    private static Row Good(int number, string hash)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return new(
            $"u{text}", $@"Müller\, Number {text}", "", $"u{text}@example.com", "TRUE", "02/01/1985", "", "",
            "1471453471", (number % 11).ToString(CultureInfo.InvariantCulture), "FALSE", hash, "", false);
    }

    private sealed record Row(
        string Username,
        string Name,
        string Nickname,
        string Email,
        string EmailVerified,
        string Birthdate,
        string Phone,
        string PhoneVerified,
        string UpdatedAt,
        string Level,
        string Mfa,
        string Hash,
        string Tail,
        bool IsBroken)
    {
        public string Text =>
            $"{Username}, {Name} ,,,,{Nickname},,,,,{Email},{EmailVerified},,{Birthdate},,,{Phone}"
            + $",{PhoneVerified},,{UpdatedAt},{Level},{Mfa},{Hash}{Tail}{(IsBroken ? "\uFFFF" : "")}\n";
    }
}
