using System.Data.Common;
using System.Net.Sockets;
using System.Security.Cryptography;
using Lifeguard.Domain;
using Lifeguard.Domain.Access;
using Lifeguard.Server.Settings;
using Lifeguard.Storage;

namespace Lifeguard.Server.Commands;

/// <summary>Failures that are no defects of the program.</summary>
internal static class Refusals
{
    /// <summary>What went wrong, for the user; null for a defect, whose stack should be seen.</summary>
    public static string? Explain(Exception failure) => failure switch
    {
        SettingsException or AccessPolicyException => failure.Message,
        NewerSchemaException or TransferException => failure.Message,
        IOException or UnauthorizedAccessException or SocketException => failure.Message,
        ApiException refusal => refusal.Text ?? refusal.Code,
        CryptographicException => $"{failure.Message} Is it the right master key for this database?",
        DbException => $"The database refused: {failure.Message}",
        _ => null,
    };
}
