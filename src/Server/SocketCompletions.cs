namespace Lifeguard.Server;

/// <summary>How the runtime tells of bytes that have come.</summary>
internal static class SocketCompletions
{
    /// <summary>What .NET looks for when the first socket waits, in the environment alone.</summary>
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// From now on the threads that hear of the bytes run what was waiting for them, which would otherwise
    /// wait for a processor once more: see docs/adr/0015. Only for where everything that waits goes on
    /// briefly. Whoever has set the variable has decided.
    /// </summary>
    public static void TellAtOnce()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
            Environment.SetEnvironmentVariable(Variable, "1");
    }
}
