using System.Collections;
using System.Collections.Immutable;

namespace Lifeguard.Domain;

/// <summary>Attribute names and values, in the order in which they were first written. Values are text, as on
/// the wire; booleans are <c>true</c> and <c>false</c>.</summary>
public sealed class UserAttributes : IEnumerable<KeyValuePair<string, string>>
{
    public static readonly UserAttributes Empty = new([]);

    private readonly ImmutableArray<KeyValuePair<string, string>> items;

    private UserAttributes(ImmutableArray<KeyValuePair<string, string>> items) => this.items = items;

    public int Count => items.Length;

    public string? this[string name]
    {
        get
        {
            var index = IndexOf(name);
            return index < 0 ? null : items[index].Value;
        }
    }

    public bool Has(string name) => IndexOf(name) >= 0;

    /// <summary>True where the flag is stored as <c>true</c>.</summary>
    public bool IsTrue(string name) => this[name] == "true";

    public UserAttributes With(string name, string value)
    {
        var index = IndexOf(name);
        var item = KeyValuePair.Create(name, value);
        return new(index < 0 ? items.Add(item) : items.SetItem(index, item));
    }

    public UserAttributes With(string name, bool value) => With(name, value ? "true" : "false");

    public UserAttributes Without(string name)
    {
        var index = IndexOf(name);
        return index < 0 ? this : new(items.RemoveAt(index));
    }

    /// <summary>Of a name given twice the last value counts.</summary>
    public static UserAttributes From(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        // Requests may hold tens of thousands of names; one by one they would be copied as often.
        var items = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            if (positions.TryAdd(pair.Key, items.Count)) items.Add(pair);
            else items[positions[pair.Key]] = pair;
        }

        return new(items.ToImmutable());
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, string>>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(string name)
    {
        for (var i = 0; i < items.Length; i++)
            if (items[i].Key == name) return i;
        return -1;
    }
}
