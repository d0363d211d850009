using System.Data.Common;

namespace Lifeguard.Load;

/// <summary>Users put into the database by SQL, past the server: thousands in a second. They have a name, a verified
/// e-mail address that is an alias, a given name, and no password.</summary>
internal static class Population
{
    private const int Chunk = 50_000;

    // Neighbours in number are strangers in sub, as random ids are.
    private const string Sub =
        """
        substr('00000000' || (i * 2654435761 % 4294967296),
          length('00000000' || (i * 2654435761 % 4294967296)) - 7)
        || '-0000-4000-8000-' || substr('000000000000' || i, length('000000000000' || i) - 11)
        """;

    private const string Numbers =
        "WITH RECURSIVE n(i) AS (SELECT @first UNION ALL SELECT i + 1 FROM n WHERE i + 1 < @end)";

    private static readonly string[] Inserts =
    [
        $$"""
        INSERT INTO users (pool_id, sub, username, username_key, status, enabled, attributes, pending, mfa,
          sealed, signed_out_ms, created_ms, modified_ms, version)
        {{Numbers}}
        SELECT @pool, {{Sub}}, @prefix || i, @prefix || i, @status, 1,
          '{"email":"' || @prefix || i || '@example.com","email_verified":"true","given_name":"name'
            || (i % 1000) || '"}',
          '{}', '{"enabled":[]}', NULL, NULL, @now, @now, 0
        FROM n
        """,
        $"""
        INSERT INTO user_alias (pool_id, kind, value, sub)
        {Numbers}
        SELECT @pool, 'email', @prefix || i || '@example.com', {Sub} FROM n
        """,
        $"""
        INSERT INTO user_search (pool_id, attribute, value, sub)
        {Numbers}
        SELECT @pool, 'email', @prefix || i || '@example.com', {Sub} FROM n
        UNION ALL
        SELECT @pool, 'given_name', 'name' || (i % 1000), {Sub} FROM n
        """,
    ];

    /// <summary>The address of a user.</summary>
    public static string Email(string username) => $"{username}@example.com";

    /// <summary>Adds users called <paramref name="prefix"/> followed by the numbers from <paramref name="first"/>
    /// on. Numbers of one pool are given out once, whatever the prefix.</summary>
    public static void Add(
        DbConnection connection, string poolId, string prefix, string status, int first, int count)
    {
        for (var from = first; from < first + count; from += Chunk)
        {
            using var transaction = connection.BeginTransaction();
            foreach (var sql in Inserts)
            {
                using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = sql;
                command.CommandTimeout = 600;
                With(command, "pool", poolId);
                With(command, "prefix", prefix);
                With(command, "status", status);
                With(command, "first", (long)from);
                With(command, "end", (long)Math.Min(from + Chunk, first + count));
                With(command, "now", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        using var analyse = connection.CreateCommand();
        analyse.CommandText = "ANALYZE";
        if (connection is Npgsql.NpgsqlConnection) analyse.ExecuteNonQuery();
    }

    private static void With(DbCommand command, string name, object value)
    {
        // SQLite takes every name, PostgreSQL only those that the text speaks of.
        if (!command.CommandText.Contains("@" + name, StringComparison.Ordinal)) return;
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
