namespace Lifeguard.Contract;

/// <summary>How the service words bounds of length, the same for strings, lists, maps and blobs.</summary>
internal static class LengthWords
{
    public static string Broken(int length, int min, int max) => length < min ? TooShort(min) : TooLong(max);

    /// <summary>Both bounds in the order in which the service lists them inside lists and maps.</summary>
    public static string[] Of(int? min, int? max) => (min, max) switch
    {
        (null, null) => [],
        (int least, null) => [TooShort(least)],
        (null, int most) => [TooLong(most)],
        (int least, int most) => [TooLong(most), TooShort(least)],
    };

    private static string TooShort(int min) => $"Member must have length greater than or equal to {min}";

    private static string TooLong(int max) => $"Member must have length less than or equal to {max}";
}
