using System.Text;

namespace Lifeguard.ContractGen.Sources;

/// <summary>How names of the wire become names of C#.</summary>
public static class Naming
{
    private static readonly HashSet<string> Keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class",
        "const", "continue", "decimal", "default", "delegate", "do", "double", "else", "enum", "event",
        "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if",
        "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new",
        "null", "object", "operator", "out", "override", "params", "private", "protected", "public",
        "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static",
        "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong",
        "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    ];

    /// <summary>Property of a member: <c>headerName</c> becomes HeaderName.</summary>
    public static string Property(string member) => char.ToUpperInvariant(member[0]) + member[1..];

    /// <summary>The member as violations print it: only the first letter is lowered.</summary>
    public static string Printed(string member) => char.ToLowerInvariant(member[0]) + member[1..];

    /// <summary>A local variable for a member.</summary>
    public static string Local(string member) =>
        Keywords.Contains(Printed(member)) ? "@" + Printed(member) : Printed(member);

    /// <summary>
    /// Constant for a value of an enum: FORCE_CHANGE_PASSWORD becomes ForceChangePassword. Underscores stay
    /// between digits, where they tell versions apart.
    /// </summary>
    public static string Constant(string value)
    {
        var words = value.Split('_');
        var isShouted = value.All(c => !char.IsLower(c));
        var name = new StringBuilder();
        foreach (var word in words)
        {
            if (name.Length > 0 && char.IsDigit(name[^1]) && char.IsDigit(word[0]))
                name.Append('_');
            name.Append(char.ToUpperInvariant(word[0]));
            name.Append(isShouted ? word[1..].ToLowerInvariant() : word[1..]);
        }
        return name.ToString();
    }

    /// <summary>A verbatim or plain string literal, whichever reads better.</summary>
    public static string Literal(string text) =>
        text.Contains('\\') || text.Contains('"') ? $"@\"{text.Replace("\"", "\"\"")}\"" : $"\"{text}\"";
}
