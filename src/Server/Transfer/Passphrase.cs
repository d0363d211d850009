using Lifeguard.Protocol.Passwords;
using Lifeguard.Server.Settings;

namespace Lifeguard.Server.Transfer;

/// <summary>The passphrase of a file: from a file, from the environment, or typed. Never from an argument,
/// since other users see command lines.</summary>
internal static class Passphrase
{
    private const string Variable = "LIFEGUARD_PASSPHRASE";

    /// <summary>The file holds every secret of the pool, and whoever has it can guess as long as they
    /// like.</summary>
    private const int ShortestNew = 12;

    /// <summary>For a new file; a typed one is asked for twice.</summary>
    /// <exception cref="SettingsException">There is none, or it is too short.</exception>
    public static string ForNew(FileInfo? file)
    {
        var passphrase = Given(file) ?? Typed("Passphrase for the file: ");
        if (passphrase.Length < ShortestNew)
            throw new SettingsException($"The passphrase must have at least {ShortestNew} characters.");
        if (Given(file) is null && Typed("The same again: ") != passphrase)
            throw new SettingsException("The two passphrases differ.");
        return passphrase;
    }

    /// <summary>For a file that exists.</summary>
    /// <exception cref="SettingsException">There is none.</exception>
    public static string ForOpening(FileInfo? file) => Given(file) ?? Typed("Passphrase of the file: ");

    private static string? Given(FileInfo? file)
    {
        if (file is not null)
        {
            return PrivateFile.Read("--passphrase-file", file, Argon2idHash.MaxPasswordLength)
                .TrimEnd('\r', '\n');
        }

        return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : null;
    }

    private static string Typed(string question) => Terminal.HasReader
        ? Terminal.Ask(question)
        : throw new SettingsException($"A passphrase is needed: --passphrase-file, or {Variable}.");
}
