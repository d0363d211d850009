using System.Text;

namespace Lifeguard.Contract;

/// <summary>
/// Values as violations print them: a list as <c>[a, b]</c>, a map as <c>{k=v}</c>, and never more than
/// <see cref="Longest"/> characters, so that an answer cannot be made as large as the question.
/// </summary>
internal static class PrintedValue
{
    public const int Longest = 256;

    public static string Of(string value) => value.Length <= Longest ? value : Cut(value);

    public static string Of<T>(IReadOnlyList<T> list)
    {
        var text = new StringBuilder("[");
        foreach (var element in list)
        {
            if (text.Length > Longest)
                break;
            if (text.Length > 1)
                text.Append(", ");
            text.Append(Of(element!.ToString()!));
        }
        return Of(text.Append(']').ToString());
    }

    public static string Of<T>(IReadOnlyDictionary<string, T> map)
    {
        var text = new StringBuilder("{");
        foreach (var (key, value) in map)
        {
            if (text.Length > Longest)
                break;
            if (text.Length > 1)
                text.Append(", ");
            text.Append(Of(key)).Append('=').Append(Of(value!.ToString()!));
        }
        return Of(text.Append('}').ToString());
    }

    private static string Cut(string value)
    {
        var length = char.IsHighSurrogate(value[Longest - 1]) ? Longest - 1 : Longest;
        return value[..length];
    }
}
