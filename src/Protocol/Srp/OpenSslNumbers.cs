using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Lifeguard.Protocol.Srp;

/// <summary>
/// The large numbers of OpenSSL 3, the library .NET itself uses on Linux. A number is a pointer that whoever
/// made it frees by <see cref="Free"/>, which also wipes it.
/// </summary>
internal static partial class OpenSslNumbers
{
    private const string Library = "libcrypto.so.3";
    private const int ConstantTimeFlag = 4;

    /// <summary>Whether this machine has the library.</summary>
    public static bool IsAvailable { get; } =
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad(Library, out _);

    /// <summary>N; made once and only read afterwards, never freed.</summary>
    public static nint Modulus => Shared.Modulus;

    /// <summary>What Montgomery's multiplication needs to know of N; as lasting.</summary>
    public static nint Montgomery => Shared.Montgomery;

    public static nint New() => NotNull(BN_new());

    /// <summary>A number from unsigned big-endian bytes.</summary>
    public static unsafe nint Import(ReadOnlySpan<byte> number)
    {
        fixed (byte* bytes = number) return NotNull(BN_bin2bn(bytes, number.Length, 0));
    }

    /// <summary>A number from unsigned big-endian bytes, which steers a power and must not show in its
    /// time.</summary>
    public static nint ImportSecret(ReadOnlySpan<byte> number)
    {
        var secret = Import(number);
        BN_set_flags(secret, ConstantTimeFlag);
        return secret;
    }

    /// <summary>Writes a number as unsigned big-endian bytes, as many as there is room for.</summary>
    public static unsafe void Export(nint number, Span<byte> into)
    {
        fixed (byte* bytes = into) Succeed(BN_bn2binpad(number, bytes, into.Length));
    }

    /// <summary>Makes an existing number that of unsigned big-endian bytes.</summary>
    public static unsafe void Load(nint into, ReadOnlySpan<byte> number)
    {
        fixed (byte* bytes = number) NotNull(BN_bin2bn(bytes, number.Length, into));
    }

    public static void Free(nint number) => BN_clear_free(number);

    /// <summary>Room for intermediate results; of one thread at a time.</summary>
    public static nint NewScratch() => NotNull(BN_CTX_new());

    public static void FreeScratch(nint scratch) => BN_CTX_free(scratch);

    /// <summary>result := number^exponent mod N, in a time that depends on the exponent's length
    /// only.</summary>
    public static void Power(nint result, nint number, nint exponent, nint scratch) =>
        Succeed(BN_mod_exp_mont_consttime(result, number, exponent, Modulus, scratch, Montgomery));

    /// <summary>result := a·b/R mod N: the product of two numbers in Montgomery form, in that form.</summary>
    public static void Multiply(nint result, nint a, nint b, nint scratch) =>
        Succeed(BN_mod_mul_montgomery(result, a, b, Montgomery, scratch));

    /// <summary>Brings a number into Montgomery form.</summary>
    public static void Enter(nint number, nint scratch) =>
        Succeed(BN_to_montgomery(number, number, Montgomery, scratch));

    /// <summary>Brings a number back from Montgomery form.</summary>
    public static void Leave(nint number, nint scratch) =>
        Succeed(BN_from_montgomery(number, number, Montgomery, scratch));

    private static nint NotNull(nint pointer) =>
        pointer != 0 ? pointer : throw new CryptographicException("OpenSSL refused to allocate.");

    private static void Succeed(int result)
    {
        if (result <= 0) throw new CryptographicException("OpenSSL could not compute modulo N.");
    }

    private static class Shared
    {
        public static readonly nint Modulus = Import(SrpGroup.Bytes(SrpGroup.N));
        public static readonly nint Montgomery = Prepare();

        private static nint Prepare()
        {
            var scratch = NewScratch();
            var montgomery = NotNull(BN_MONT_CTX_new());
            Succeed(BN_MONT_CTX_set(montgomery, Modulus, scratch));
            FreeScratch(scratch);
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

    [LibraryImport(Library)]
    private static partial int BN_mod_mul_montgomery(
        nint result, nint a, nint b, nint montgomery, nint context);

    [LibraryImport(Library)]
    private static partial int BN_to_montgomery(nint result, nint number, nint montgomery, nint context);

    [LibraryImport(Library)]
    private static partial int BN_from_montgomery(nint result, nint number, nint montgomery, nint context);
}
