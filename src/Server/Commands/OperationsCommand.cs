using System.CommandLine;
using System.Text;
using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Operations;

namespace Lifeguard.Server.Commands;

/// <summary><c>lifeguard operations</c>: what the contract holds, and what of it is built.</summary>
internal static class OperationsCommand
{
    public static Command Create()
    {
        var command = new Command("operations", "Lists all operations and which are built");
        var json = new Option<bool>("--json") { Description = "As JSON" };
        command.Add(json);
        return command.Does((given, _) =>
        {
            var all = OperationFactsTable.All.Values
                .OrderBy(facts => facts.Name, StringComparer.Ordinal)
                .Select(facts => (facts, IsBuilt: OperationTable.Find(facts.Name)!.IsBuilt))
                .ToArray();
            if (given.GetValue(json)) ShowJson(all);
            else ShowTable(all);
            return Task.FromResult(0);
        });
    }

    private static void ShowTable((OperationFacts Facts, bool IsBuilt)[] all)
    {
        Terminal.Table(
        [
            ["OPERATION", "ROOM", "AUTHORITY", "STATE"],
            .. all.Select(one => (string[])
            [
                one.Facts.Name,
                one.Facts.Room,
                one.Facts.Authority.ToString(),
                one.IsBuilt ? "built" : "not built",
            ]),
        ]);
        var built = all.Count(one => one.IsBuilt);
        Terminal.Say($"\n{all.Length} operations: {built} built, {all.Length - built} not built");
    }

    private static void ShowJson((OperationFacts Facts, bool IsBuilt)[] all)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartArray();
            foreach (var (facts, isBuilt) in all)
            {
                writer.WriteStartObject();
                writer.WriteString("operation", facts.Name);
                writer.WriteString("room", facts.Room);
                writer.WriteString("authority", facts.Authority.ToString());
                writer.WriteBoolean("built", isBuilt);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        Terminal.Say(Encoding.UTF8.GetString(stream.ToArray()));
    }
}
