using System.Security.Cryptography;
using Lifeguard.Server.Settings;
using Lifeguard.Storage;

namespace Lifeguard.Server.Commands;

/// <summary>What <c>doctor</c> sees of the database of <c>serve</c>. It makes and changes nothing: that is
/// for the server, which may be another user's and of another version.</summary>
internal static class DatabaseLook
{
    /// <summary>What <c>serve</c> has still to make; null where it finds everything.</summary>
    /// <exception cref="NewerSchemaException">The database was written by a newer version.</exception>
    /// <exception cref="CryptographicException">The master key does not belong to it.</exception>
    public static async Task<string?> At(ServerSettings settings, CancellationToken cancellation)
    {
        const string empty = "It is empty; serve makes its tables.";
        if (settings.DatabaseFile is { } path)
        {
            var file = new FileInfo(path);
            if (!file.Exists) return $"{path} does not exist yet; serve makes it, and may write there.";
            // SQLite would write to it at once.
            if (file.Length == 0) return empty;
        }

        await using var parts = Administration.Parts(settings);
        var state = await parts.GetRequiredService<Database>().Look(cancellation);
        if (state is SchemaState.Empty) return empty;
        await parts.GetRequiredService<KeyRingLoader>().Check(cancellation);
        return state is SchemaState.Older ? "It is of an earlier version; serve brings it up to date." : null;
    }
}
