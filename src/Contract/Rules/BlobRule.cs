namespace Lifeguard.Contract;

/// <summary>The bounds of a blob, in bytes after decoding. Its value is never printed.</summary>
public sealed class BlobRule(int min = 0, int max = int.MaxValue)
{
    /// <summary>The fewest bytes.</summary>
    public int Min => min;

    /// <summary>The most bytes.</summary>
    public int Max => max;

    internal void Check(byte[] value, in MemberPath path, string member, Violations violations)
    {
        if (value.Length < min || value.Length > max)
            violations.Report(null, path.Of(member), LengthWords.Broken(value.Length, min, max));
    }
}
