using Lifeguard.Contract;

namespace Lifeguard.Domain.Imports;

/// <summary>The first line of a CSV file: which column holds what.</summary>
public sealed class ImportHeader
{
    public const string Username = "cognito:username";
    public const string MfaEnabled = "cognito:mfa_enabled";
    public const string PasswordHash = "password_hash";

    private readonly Dictionary<string, int> columns;

    private ImportHeader(Dictionary<string, int> columns) => this.columns = columns;

    /// <summary>How many values each row has.</summary>
    public int Width => columns.Count;

    /// <summary>Columns that hold attributes of the user.</summary>
    public IEnumerable<KeyValuePair<string, int>> Attributes =>
        columns.Where(column => column.Key is not (Username or MfaEnabled or PasswordHash));

    /// <summary>The columns that a pool's files have, as GetCSVHeader shows them (doc).</summary>
    public static IReadOnlyList<string> For(UserPool pool) =>
    [
        .. (pool.Settings.SchemaAttributes ?? [])
            .Select(attribute => attribute.Name!)
            .Where(name => name is not (AttributeNames.Sub or AttributeNames.Identities)
                && !AttributeNames.IsDeveloperOnly(name)),
        MfaEnabled,
        Username,
    ];

    /// <summary>Reads the first line of a file. The columns stand in any order, and all of them must be
    /// there; files with password hashes may leave out what they do not fill in (doc, by its
    /// example).</summary>
    /// <param name="algorithm">Of the hashes; null where the job names none.</param>
    /// <exception cref="FileRefusedException">It is no header of this pool.</exception>
    public static ImportHeader Read(UserPool pool, string? algorithm, IReadOnlyList<string>? names)
    {
        if (names is null or [""]) throw new FileRefusedException("The CSV file has no header.");
        var expected = For(pool);
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!expected.Contains(name) && name != PasswordHash) throw Refused("has the unknown", name);
            if (!columns.TryAdd(name, columns.Count)) throw Refused("repeats the", name);
        }

        IEnumerable<string> needed = algorithm is null ? expected : [Username, PasswordHash];
        foreach (var name in needed)
        {
            if (!columns.ContainsKey(name)) throw Refused("lacks the", name);
        }

        return new(columns);
    }

    /// <summary>The row's value in a column; empty where the file does not have the column.</summary>
    public string ValueOf(string column, IReadOnlyList<string> row) =>
        columns.TryGetValue(column, out var index) ? row[index] : "";

    /// <summary>The row with its hash in one piece. Those of Argon2id have commas in them, and one form of
    /// PBKDF2; they have to be escaped as all others, and whoever exports them leaves them as they
    /// are.</summary>
    public IReadOnlyList<string> WithWholeHash(IReadOnlyList<string> row, string? algorithm)
    {
        var commas = algorithm switch
        {
            PasswordHashingAlgorithmType.Argon2id => 2,
            PasswordHashingAlgorithmType.Pbkdf2Sha256 => 1,
            _ => 0,
        };
        if (commas == 0 || row.Count != Width + commas) return row;
        var index = columns[PasswordHash];
        var whole = string.Join(',', row.Skip(index).Take(commas + 1));
        return [.. row.Take(index), whole, .. row.Skip(index + commas + 1)];
    }

    private static FileRefusedException Refused(string how, string column)
    {
        // A completion message has at most 128 characters, and this text comes from the file.
        const int Longest = 64;
        var shown = column.Length <= Longest ? column : column[..Longest];
        return new($"The header of the CSV file {how} column {shown}.");
    }
}
