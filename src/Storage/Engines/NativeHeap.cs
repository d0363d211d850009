using System.Runtime.InteropServices;

namespace Lifeguard.Storage.Engines;

/// <summary>The memory that SQLite takes for its pages, which is the C library's.</summary>
internal static class NativeHeap
{
    // Small enough for the C library to take it from its heap, where a larger one gets a mapping of its own.
    private const int Block = 64 * 1024;

    [ThreadStatic]
    private static int grown;

    /// <summary>
    /// Makes the heap of this thread as large as it will become, unless it has been before. The GNU C library
    /// grows it by single pages and asks the kernel each time, which answers once no other thread of the
    /// process is mapping memory: a page of SQLite's would wait until another's password hash has got its
    /// own, for milliseconds. Where another library allocates, this does nothing of use and no harm.
    /// </summary>
    /// <param name="size">In bytes.</param>
    public static void GrowTo(int size)
    {
        if (grown >= size) return;
        grown = size;
        var blocks = new nint[size / Block];
        for (var number = 0; number < blocks.Length; number++) blocks[number] = Marshal.AllocHGlobal(Block);
        foreach (var block in blocks) Marshal.FreeHGlobal(block);
    }
}
