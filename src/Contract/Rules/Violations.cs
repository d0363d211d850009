namespace Lifeguard.Contract;

/// <summary>
/// The broken bounds of one request, worded as the service words them (observed). The caller answers
/// <c>InvalidParameterException</c> with <see cref="Message"/> unless <see cref="IsEmpty"/>.
/// </summary>
public sealed class Violations
{
    /// <summary>How many violations are reported at most; what is found after that is passed over.</summary>
    public const int Limit = 50;

    private List<string>? entries;

    /// <summary>Whether the request keeps to the contract.</summary>
    public bool IsEmpty => entries is null;

    /// <summary>How many violations are reported.</summary>
    public int Count => entries?.Count ?? 0;

    /// <summary>
    /// All violations in one text, such as <c>1 validation error detected: Value null at …</c>.
    /// </summary>
    public string Message => Count switch
    {
        0 => "",
        1 => $"1 validation error detected: {entries![0]}",
        _ => $"{Count} validation errors detected: {string.Join("; ", entries!)}",
    };

    private bool IsFull => Count >= Limit;

    /// <summary>Reports a required member that is missing.</summary>
    public void Required(object? value, in MemberPath path, string member)
    {
        if (value is null)
            Add($"Value null at '{path.Of(member)}' failed to satisfy constraint: Member must not be null");
    }

    /// <summary>Checks a string; <paramref name="conceal"/> leaves its value out of the message.</summary>
    public void Check(
        string? value,
        in MemberPath path,
        string member,
        StringRule rule,
        bool required = false,
        bool conceal = false)
    {
        if (value is not null)
            rule.Check(value, path, member, this, conceal);
        else if (required)
            Required(value, path, member);
    }

    /// <summary>Checks a number.</summary>
    public void Check(long? value, in MemberPath path, string member, RangeRule rule, bool required = false)
    {
        if (value is { } number)
            rule.Check(number, path, member, this);
        else if (required)
            Required(value, path, member);
    }

    /// <summary>Checks the size of a blob.</summary>
    public void Check(byte[]? value, in MemberPath path, string member, BlobRule rule, bool required = false)
    {
        if (value is not null)
            rule.Check(value, path, member, this);
        else if (required)
            Required(value, path, member);
    }

    /// <summary>Checks the length of a list and, where it is one of strings, its elements.</summary>
    public void Check<T>(
        IReadOnlyList<T>? value, in MemberPath path, string member, ListRule rule, bool required = false)
        where T : class
    {
        if (value is not null)
            rule.Check(value, path, member, this);
        else if (required)
            Required(value, path, member);
    }

    /// <summary>Checks the size and the keys of a map and, where it is one of strings, its values.</summary>
    public void Check<T>(
        IReadOnlyDictionary<string, T>? value,
        in MemberPath path,
        string member,
        MapRule rule,
        bool required = false)
        where T : class
    {
        if (value is not null)
            rule.Check(value, path, member, this);
        else if (required)
            Required(value, path, member);
    }

    /// <summary>Checks the structures in a list.</summary>
    public void Elements(IReadOnlyList<IShape>? list, in MemberPath path, string member)
    {
        for (var i = 0; i < (list?.Count ?? 0) && !IsFull; i++)
            list![i].Check(this, path.Element(member, i + 1));
    }

    /// <summary>Checks the structures in a map.</summary>
    public void Entries<T>(IReadOnlyDictionary<string, T>? map, in MemberPath path, string member)
        where T : IShape
    {
        if (map is null)
            return;
        foreach (var (key, value) in map)
        {
            if (IsFull)
                return;
            value.Check(this, path.Entry(member, key));
        }
    }

    /// <summary>
    /// Reports one broken constraint, in the service's words, of the member at that printed path. A value of
    /// null is one that must not be repeated, because it is secret.
    /// </summary>
    public void Report(string? value, string printedPath, string constraint)
    {
        var quoted = value is null ? "" : $" '{PrintedValue.Of(value)}'";
        Add($"Value{quoted} at '{printedPath}' failed to satisfy constraint: {constraint}");
    }

    private void Add(string entry)
    {
        if (!IsFull)
            (entries ??= []).Add(entry);
    }
}
