using System.Text;
using System.Text.Unicode;

namespace Lifeguard.Protocol.Csv;

/// <summary>
/// One line of a file of users (doc: format of the CSV file): UTF-8, values between commas and never in
/// quotation marks, a comma within a value after a backslash, white space around a value without meaning.
/// Since nothing quotes a line break, each line is a row of its own.
/// </summary>
public static class CsvLine
{
    /// <summary>The most characters of a line (doc).</summary>
    public const int MaxLength = 16_000;

    /// <summary>No line within <see cref="MaxLength"/> has more bytes.</summary>
    public const int MaxBytes = 4 * MaxLength;

    /// <summary>The values of the line; null where it is too long or not UTF-8.</summary>
    public static IReadOnlyList<string>? Read(ReadOnlySpan<byte> line)
    {
        if (line.Length > MaxBytes || !Utf8.IsValid(line)) return null;
        var text = Encoding.UTF8.GetString(line);
        // A character outside the basic plane takes two units of UTF-16.
        if (text.Length > MaxLength && text.EnumerateRunes().Count() > MaxLength) return null;
        var values = text.Contains('\\', StringComparison.Ordinal) ? Unescaped(text) : text.Split(',');
        for (var i = 0; i < values.Length; i++) values[i] = values[i].Trim();
        return values;
    }

    /// <summary>Is there nothing in the line?</summary>
    public static bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(" \t\r"u8).IsEmpty;

    /// <summary>A backslash means something before a comma only, and stands for itself elsewhere.</summary>
    private static string[] Unescaped(string text)
    {
        var values = new List<string>();
        var value = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == ',')
            {
                values.Add(value.ToString());
                value.Clear();
                continue;
            }

            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] == ',') i++;
            value.Append(text[i]);
        }

        values.Add(value.ToString());
        return [.. values];
    }
}
