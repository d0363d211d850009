using System.Data.Common;
using Npgsql;

namespace Lifeguard.Storage;

/// <summary>What is wrong with a text that should say how PostgreSQL is reached.</summary>
public static class ConnectionString
{
    private const int HighestPort = 65535;

    /// <summary>In a few words; null for nothing, and for what names another database than PostgreSQL.
    /// Whether anything answers there is not asked. No value is repeated, nor a name that may be the rest of
    /// a password with a semicolon in it.</summary>
    /// <param name="setting">As for <see cref="Database.Open"/>.</param>
    public static string? DefectOf(string setting)
    {
        if (!Database.IsPostgres(setting)) return null;
        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = setting;
        }
        catch (ArgumentException)
        {
            return "it is not made of NAME=VALUE with semicolons between";
        }

        return OfNames(parts) ?? OfTheWhole(new(setting));
    }

    private static string? OfNames(DbConnectionStringBuilder parts)
    {
        var isSecretBefore = false;
        foreach (string name in parts.Keys)
        {
            var single = new NpgsqlConnectionStringBuilder();
            if (!IsKnown(single, name))
            {
                return isSecretBefore || !name.All(c => char.IsAsciiLetter(c) || c == ' ')
                    ? "a part of it has a name that Npgsql does not know"
                    : $"Npgsql knows no {name}";
            }

            if (!Takes(single, name, parts[name])) return $"Npgsql does not take the value of {name}";
            isSecretBefore |= name is "password" or "pwd" or "psw" or "ssl password" or "sslpassword";
        }

        return null;
    }

    private static string? OfTheWhole(NpgsqlConnectionStringBuilder settings)
    {
        if (string.IsNullOrEmpty(settings.Host)) return "it names no host";
        if (settings.Port > HighestPort) return $"the port is at most {HighestPort}";
        try
        {
            var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
            builder.EnableTransportSecurity();
            builder.Build().Dispose();
            return null;
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            // Npgsql's words about names that do not go together; it repeats numbers at most.
            return failure.Message;
        }
    }

    private static bool IsKnown(NpgsqlConnectionStringBuilder single, string name)
    {
        try
        {
            return single.ContainsKey(name);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool Takes(NpgsqlConnectionStringBuilder single, string name, object value)
    {
        try
        {
            single[name] = value;
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
