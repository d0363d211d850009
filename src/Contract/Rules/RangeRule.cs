using System.Globalization;

namespace Lifeguard.Contract;

/// <summary>The bounds of a whole number, both included.</summary>
public sealed class RangeRule(long min = long.MinValue, long max = long.MaxValue)
{
    /// <summary>The smallest value allowed.</summary>
    public long Min => min;

    /// <summary>The largest value allowed.</summary>
    public long Max => max;

    internal void Check(long value, in MemberPath path, string member, Violations violations)
    {
        if (value >= min && value <= max)
            return;
        var constraint = value < min
            ? $"Member must have value greater than or equal to {min}"
            : $"Member must have value less than or equal to {max}";
        violations.Report(value.ToString(CultureInfo.InvariantCulture), path.Of(member), constraint);
    }
}
