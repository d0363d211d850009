namespace Lifeguard.Storage;

/// <summary>The row was changed or deleted since it was read; the caller reads again and decides
/// again.</summary>
public sealed class ConflictException() : Exception("The row was changed since it was read.");

/// <summary>Another user of the pool has the alias.</summary>
/// <param name="kind"><c>email</c>, <c>phone_number</c> or <c>preferred_username</c>.</param>
public sealed class AliasTakenException(string kind) : Exception($"Another user has this {kind}.")
{
    /// <summary><c>email</c>, <c>phone_number</c> or <c>preferred_username</c>.</summary>
    public string Kind { get; } = kind;
}

/// <summary>Another user of the pool has the user name, compared as the pool compares.</summary>
public sealed class UsernameTakenException() : Exception("Another user has this user name.");

/// <summary>A pool cannot be brought out or in; the message tells whoever asked for it why.</summary>
public sealed class TransferException(string message) : Exception(message);

/// <summary>The database has been migrated by a newer version of the program.</summary>
/// <param name="migration">The first migration this program does not know.</param>
public sealed class NewerSchemaException(string migration) : Exception(
    $"The database was written by a newer version: it holds migration {migration}, unknown to this program.");
