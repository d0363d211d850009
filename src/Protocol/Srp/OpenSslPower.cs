using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Lifeguard.Protocol.Srp;

/// <summary>
/// Powers modulo N by OpenSSL 3's constant-time Montgomery ladder, the library .NET itself uses on Linux.
/// </summary>
internal static partial class OpenSslPower
{
    private const string Library = "libcrypto.so.3";
    private const int ConstantTimeFlag = 4;

    /// <summary>Whether this machine has the library.</summary>
    public static bool IsAvailable { get; } =
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad(Library, out _);

    /// <summary>base^exponent mod N as exactly 384 bytes. Callable from many threads at once.</summary>
    public static unsafe byte[] Compute(ReadOnlySpan<byte> number, ReadOnlySpan<byte> exponent)
    {
        nint scratch = 0, x = 0, e = 0, power = 0;
        try
        {
            scratch = NotNull(BN_CTX_new());
            x = Import(number);
            e = Import(exponent);
            power = NotNull(BN_new());
            BN_set_flags(e, ConstantTimeFlag);
            Succeed(BN_mod_exp_mont_consttime(power, x, e, Shared.Modulus, scratch, Shared.Montgomery));
            var result = new byte[SrpGroup.ByteLength];
            fixed (byte* bytes = result)
                Succeed(BN_bn2binpad(power, bytes, result.Length));
            return result;
        }
        finally
        {
            BN_clear_free(power);
            BN_clear_free(e);
            BN_clear_free(x);
            BN_CTX_free(scratch);
        }
    }

    private static unsafe nint Import(ReadOnlySpan<byte> number)
    {
        fixed (byte* bytes = number)
            return NotNull(BN_bin2bn(bytes, number.Length, 0));
    }

    private static nint NotNull(nint pointer) =>
        pointer != 0 ? pointer : throw new CryptographicException("OpenSSL refused to allocate.");

    private static void Succeed(int result)
    {
        if (result <= 0)
            throw new CryptographicException("OpenSSL could not compute a modular power.");
    }

    /// <summary>
    /// The modulus and its Montgomery form, made once and only read afterwards; never freed.
    /// </summary>
    private static class Shared
    {
        public static readonly nint Modulus = Import(SrpGroup.Bytes(SrpGroup.N));
        public static readonly nint Montgomery = Prepare();

        private static nint Prepare()
        {
            var scratch = NotNull(BN_CTX_new());
            var montgomery = NotNull(BN_MONT_CTX_new());
            Succeed(BN_MONT_CTX_set(montgomery, Modulus, scratch));
            BN_CTX_free(scratch);
            return montgomery;
        }
    }

    [LibraryImport(Library)]
    private static partial nint BN_new();

    [LibraryImport(Library)]
    private static partial void BN_clear_free(nint number);

    [LibraryImport(Library)]
    private static partial void BN_set_flags(nint number, int flags);

    [LibraryImport(Library)]
    private static unsafe partial nint BN_bin2bn(byte* bytes, int length, nint into);

    [LibraryImport(Library)]
    private static unsafe partial int BN_bn2binpad(nint number, byte* bytes, int length);

    [LibraryImport(Library)]
    private static partial nint BN_CTX_new();

    [LibraryImport(Library)]
    private static partial void BN_CTX_free(nint context);

    [LibraryImport(Library)]
    private static partial nint BN_MONT_CTX_new();

    [LibraryImport(Library)]
    private static partial int BN_MONT_CTX_set(nint montgomery, nint modulus, nint context);

    [LibraryImport(Library)]
    private static partial int BN_mod_exp_mont_consttime(
        nint result, nint number, nint exponent, nint modulus, nint context, nint montgomery);
}
