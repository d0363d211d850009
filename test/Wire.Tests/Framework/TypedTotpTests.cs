using System.Text;
using Lifeguard.Operations;
using Lifeguard.Operations.Flows;
using Lifeguard.Protocol.Totp;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lifeguard.Wire.Tests.Framework;

/// <summary>Whose clock an authenticator's codes are of.</summary>
public sealed class TypedTotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");
    private static readonly DateTimeOffset Real = new(2026, 3, 6, 4, 5, 9, TimeSpan.Zero);
    private static readonly DateTimeOffset Moved = Real.AddDays(2);

    private static readonly Call Call = new("c", Moved, "192.0.2.1", "", CancellationToken.None);

    [Fact]
    public void Takes_codes_of_the_moved_clock_and_of_one_that_stayed_behind()
    {
        var typed = new TypedTotp(new OutsideTime(new FakeTimeProvider(Real)));

        Assert.Equal(TotpCode.StepAt(Moved), typed.StepOf(Secret, CodeAt(Moved), Call));
        Assert.Equal(TotpCode.StepAt(Real), typed.StepOf(Secret, CodeAt(Real), Call));
        Assert.Null(typed.StepOf(Secret, CodeAt(Real.AddDays(1)), Call));
    }

    [Fact]
    public void Takes_those_of_the_real_time_alone_where_no_clock_can_be_moved()
    {
        var typed = new TypedTotp(new OutsideTime());

        Assert.Equal(TotpCode.StepAt(Moved), typed.StepOf(Secret, CodeAt(Moved), Call));
        Assert.Null(typed.StepOf(Secret, CodeAt(Real), Call));
    }

    private static string CodeAt(DateTimeOffset time) => TotpCode.Of(Secret, TotpCode.StepAt(time));
}
