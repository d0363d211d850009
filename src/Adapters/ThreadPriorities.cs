using System.Runtime.InteropServices;

namespace Lifeguard.Adapters;

/// <summary>Lets a thread that computes for long give way to those that answer shortly.</summary>
public static partial class ThreadPriorities
{
    private const int OneProcess = 0;
    private const int ThisThread = 0;

    /// <summary>A quarter of what others get where all want the processors, and all of it where nobody else
    /// does.</summary>
    private const int Niceness = 6;

    /// <summary>Lowers that of the thread that calls, as far as the system has priorities for
    /// threads.</summary>
    public static void Lower()
    {
        // .NET does not pass priorities on to Linux, where each thread has a nice value of its own
        // (setpriority(2), "C library/kernel differences"). Lowering one's own needs no rights.
        if (OperatingSystem.IsLinux()) _ = SetPriority(OneProcess, ThisThread, Niceness);
        else Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
