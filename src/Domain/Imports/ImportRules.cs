using System.Globalization;
using Lifeguard.Contract;
using Lifeguard.Protocol.Passwords;

namespace Lifeguard.Domain.Imports;

/// <summary>Turns rows of a CSV file into users of a pool, or says what keeps a row from being one.</summary>
public sealed class ImportRules(UserPool pool, ImportHeader header, string? algorithm)
{
    private const int LongestReason = 256;

    private static readonly string[] Contacts = [AttributeNames.Email, AttributeNames.PhoneNumber];

    private readonly AttributeSchema schema = AttributeSchema.Of(pool);

    /// <summary>The user of a row.</summary>
    /// <param name="row">Null where the line is no row: too long, or not UTF-8.</param>
    /// <param name="sub">The user's, should it become one.</param>
    public ImportedRow Read(IReadOnlyList<string>? row, string sub, DateTimeOffset now)
    {
        if (row is null) return Refuse("The row is longer than 16,000 characters or not UTF-8.");
        row = header.WithWholeHash(row, algorithm);
        if (row.Count != header.Width)
            return Refuse($"The row has {row.Count} values, and the header has {header.Width} columns.");
        try
        {
            return new(User(row, sub, now), null);
        }
        catch (ApiException refusal)
        {
            return Refuse(refusal.Text ?? refusal.Code);
        }
    }

    private User User(IReadOnlyList<string> row, string sub, DateTimeOffset now)
    {
        var given = header.ValueOf(ImportHeader.Username, row);
        if (given.Length == 0) throw Broken("cognito:username is missing.");
        if (!Rules.UsernameType.Accepts(given))
            throw Broken("cognito:username is longer than 128 characters or contains a space.");
        var attributes = Attributes(row);
        if (!Contacts.Any(each => pool.AutoVerifies(each) && IsVerified(each)))
            throw Broken(ImportWords.NotVerified);
        var name = NewUserName.From(pool, given, sub);
        attributes = schema.Admit(name.Complete(pool, attributes, given));
        schema.MustBeComplete(attributes);
        var password = Password(row, now);
        return new()
        {
            PoolId = pool.Id,
            Sub = sub,
            Username = name.Username,
            Status = StatusOf(attributes, password),
            Attributes = attributes,
            Password = password,
            Mfa = Mfa(row, attributes),
            CreatedAt = now,
            ModifiedAt = now,
        };

        bool IsVerified(string contact) => "true".Equals(
            attributes[AttributeNames.VerifiedFlag(contact)], StringComparison.OrdinalIgnoreCase);
    }

    private UserAttributes Attributes(IReadOnlyList<string> row)
    {
        List<KeyValuePair<string, string>> given = [];
        foreach (var (name, index) in header.Attributes)
        {
            var value = row[index];
            if (value.Length == 0) continue;
            if (value.EnumerateRunes().Count() > AttributeValue.MaxLength)
                throw Broken($"{name} is longer than {AttributeValue.MaxLength} characters.");
            given.Add(new(name, name == AttributeNames.Birthdate ? Birthdate(value) : value));
        }

        return UserAttributes.From(given);
    }

    /// <summary>Files have American dates, users ISO 8601 (doc).</summary>
    private static string Birthdate(string value) =>
        DateOnly.TryParseExact(
            value, "MM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : throw Broken("birthdate must have the form mm/dd/yyyy.");

    /// <summary>The column must agree with the pool; a blank one takes what the pool demands (doc). Where
    /// everybody needs a second factor, there is nothing to note for one user.</summary>
    private MfaPreference Mfa(IReadOnlyList<string> row, UserAttributes attributes)
    {
        var text = header.ValueOf(ImportHeader.MfaEnabled, row).ToLowerInvariant();
        if (text is not ("" or "true" or "false"))
            throw Broken("cognito:mfa_enabled must be true or false.");
        var configuration = pool.Settings.MfaConfiguration ?? UserPoolMfaType.Off;
        if (text == "false" && configuration == UserPoolMfaType.On)
            throw Broken("cognito:mfa_enabled must be true, as the user pool requires MFA.");
        if (text == "true" && configuration == UserPoolMfaType.Off)
            throw Broken("cognito:mfa_enabled must be false, as MFA is off in the user pool.");
        const string Sms = "SMS_MFA";
        var isOwnChoice = text == "true" && configuration == UserPoolMfaType.Optional;
        return isOwnChoice && attributes.Has(AttributeNames.PhoneNumber)
            ? new([Sms], Sms)
            : MfaPreference.None;
    }

    private PasswordCredential? Password(IReadOnlyList<string> row, DateTimeOffset now)
    {
        var hash = header.ValueOf(ImportHeader.PasswordHash, row);
        if (hash.Length == 0) return null;
        if (algorithm is null)
            throw Broken("password_hash is given, but the import job names no PasswordHashingAlgorithm.");
        return ImportedHash.DefectOf(algorithm, hash) is { } defect
            ? throw Broken($"password_hash {Predicate(defect, algorithm)}.")
            : new(hash, [], [], now, IsTemporary: false);
    }

    private static string Predicate(HashDefect defect, string algorithm) => defect switch
    {
        HashDefect.TooCostly => $"exceeds the bounds of {algorithm}",
        HashDefect.OtherAlgorithm => $"was not made with {algorithm}",
        HashDefect.BcryptVersion => "is of a version of bcrypt other than 2a, 2b and 2y",
        HashDefect.Argon2Version => "is of a version of Argon2 other than 19",
        HashDefect.SaltLength => "has a salt of less than 8 or more than 64 bytes",
        HashDefect.HashLength => "has a hash of less than 16 or more than 64 bytes",
        _ => "is malformed",
    };

    /// <summary>Who can sign in at once, by a password or by a code to an address, is confirmed
    /// (doc).</summary>
    private string StatusOf(UserAttributes attributes, PasswordCredential? password) =>
        password is not null || pool.ReachesWithCode(attributes)
            ? UserStatusType.Confirmed
            : UserStatusType.ResetRequired;

    private static ApiException Broken(string reason) => Reject.InvalidParameter(reason);

    /// <summary>One line, however many things were wrong.</summary>
    private static ImportedRow Refuse(string reason)
    {
        var line = reason.Trim().Replace("\n", "; ", StringComparison.Ordinal);
        return new(null, line.Length <= LongestReason ? line : line[..LongestReason]);
    }
}

/// <summary>What a row says.</summary>
/// <param name="User">Null where the row is no user.</param>
/// <param name="Refusal">Why it is none; without what stands in the row.</param>
public sealed record ImportedRow(User? User, string? Refusal);
