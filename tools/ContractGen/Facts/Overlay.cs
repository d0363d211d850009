using System.Text.Json;

namespace Lifeguard.ContractGen.Facts;

/// <summary>What observed.json says; it refuses an entry that does not say where it comes from.</summary>
public sealed class Overlay
{
    private static readonly string[] Sources = ["doc", "observed", "inferred"];

    private readonly JsonElement root;
    private readonly Dictionary<string, string> rooms;
    private readonly Dictionary<string, string> rates;
    private readonly Dictionary<string, string> replicas;

    private Overlay(JsonElement root)
    {
        this.root = root;
        foreach (var section in root.EnumerateObject().Where(s => s.Value.ValueKind == JsonValueKind.Object))
        {
            foreach (var entry in section.Value.EnumerateObject())
                RequireEvidence(section.Name, entry);
        }
        rooms = Grouped("rooms");
        rates = Grouped("rates");
        replicas = Grouped("replicas");
    }

    /// <summary>Reads the overlay.</summary>
    public static Overlay Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new Overlay(document.RootElement.Clone());
    }

    /// <summary>All names that a section speaks of.</summary>
    public IReadOnlyList<string> Names(string section) =>
        root.GetProperty(section).EnumerateObject().Select(entry => entry.Name).ToList();

    /// <summary>Who may call an unsigned operation.</summary>
    public string AuthorityOf(string operation) =>
        Entry("authority", operation)?.GetProperty("is").GetString()
        ?? throw new InvalidDataException($"observed.json: authority of {operation} is missing");

    /// <summary>The folder that holds an operation.</summary>
    public string RoomOf(string operation) => Grouped(rooms, "rooms", operation);

    /// <summary>The quota that an operation draws on.</summary>
    public string RateOf(string operation) => Grouped(rates, "rates", operation);

    /// <summary>In which replicas of a pool an operation works: <c>Always</c>, <c>Active</c>, or
    /// <c>Never</c> where no group names it.</summary>
    public string ReplicasOf(string operation) => replicas.GetValueOrDefault(operation, "Never");

    /// <summary>All operations that the groups of <c>replicas</c> name.</summary>
    public IEnumerable<string> NamedByReplicas => replicas.Keys;

    /// <summary>Whether a section names that member of that structure.</summary>
    public bool Lists(string section, string structure, string member) =>
        Entry(section, structure) is { } entry
        && entry.GetProperty("members").EnumerateArray().Any(name => name.ValueEquals(member));

    /// <summary>The shape that a member has although the model gives it a wider one; null for
    /// none.</summary>
    public string? TypeOf(string structure, string member) =>
        Entry("types", structure) is { } entry
        && entry.GetProperty("members").TryGetProperty(member, out var shape)
            ? shape.GetString()
            : null;

    /// <summary>Errors that an operation answers with although
    /// its list in the model leaves them out.</summary>
    public IEnumerable<string> ErrorsAddedTo(string operation) =>
        Entry("errors", operation)?
            .GetProperty("adds").EnumerateArray().Select(name => name.GetString()!) ?? [];

    /// <summary>Values that a set has although the model leaves them out.</summary>
    public IEnumerable<string> ValuesAddedTo(string shape) =>
        Entry("values", shape)?
            .GetProperty("adds").EnumerateArray().Select(name => name.GetString()!) ?? [];

    /// <summary>A text of the pattern override of a shape, or null.</summary>
    public string? Pattern(string shape, string text) =>
        Entry("patterns", shape) is { } entry && entry.TryGetProperty(text, out var value)
            ? value.GetString()
            : null;

    private JsonElement? Entry(string section, string name) =>
        root.GetProperty(section).TryGetProperty(name, out var entry) ? entry : null;

    private Dictionary<string, string> Grouped(string section)
    {
        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in root.GetProperty(section).EnumerateObject())
        {
            foreach (var operation in group.Value.GetProperty("operations").EnumerateArray())
            {
                if (!groups.TryAdd(operation.GetString()!, group.Name))
                    throw new InvalidDataException($"observed.json: {section} names {operation} twice");
            }
        }
        return groups;
    }

    private static string Grouped(Dictionary<string, string> groups, string section, string operation) =>
        groups.TryGetValue(operation, out var group)
            ? group
            : throw new InvalidDataException($"observed.json: {section} does not name {operation}");

    private static void RequireEvidence(string section, JsonProperty entry)
    {
        var evidence = entry.Value.TryGetProperty("evidence", out var text) ? text.GetString()! : "";
        if (!Sources.Any(source => evidence.StartsWith(source + ": ", StringComparison.Ordinal)))
            throw new InvalidDataException($"observed.json: {section}.{entry.Name} has no evidence");
    }
}
