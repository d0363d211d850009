namespace Lifeguard.Protocol.Srp;

/// <summary>Powers modulo N by OpenSSL's constant-time exponentiation.</summary>
internal static class OpenSslPower
{
    /// <summary>base^exponent mod N as exactly 384 bytes. Callable from many threads at once.</summary>
    public static byte[] Compute(ReadOnlySpan<byte> number, ReadOnlySpan<byte> exponent)
    {
        nint scratch = 0, x = 0, e = 0, power = 0;
        try
        {
            scratch = OpenSslNumbers.NewScratch();
            x = OpenSslNumbers.Import(number);
            e = OpenSslNumbers.ImportSecret(exponent);
            power = OpenSslNumbers.New();
            OpenSslNumbers.Power(power, x, e, scratch);
            var result = new byte[SrpGroup.ByteLength];
            OpenSslNumbers.Export(power, result);
            return result;
        }
        finally
        {
            OpenSslNumbers.Free(power);
            OpenSslNumbers.Free(e);
            OpenSslNumbers.Free(x);
            OpenSslNumbers.FreeScratch(scratch);
        }
    }
}
