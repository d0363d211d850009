namespace Lifeguard.Server;

/// <summary>The one place where the real time enters.</summary>
internal static class WallClock
{
#pragma warning disable RS0030 // Everything else takes a TimeProvider; this is where it comes from.
    public static TimeProvider Instance => TimeProvider.System;
#pragma warning restore RS0030 // See above.
}
