using System.CommandLine;
using System.Text;
using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Operations;

namespace Lifeguard.Server.Commands;

/// <summary><c>lifeguard operations</c>: what the contract holds.</summary>
internal static class OperationsCommand
{
    public static Command Create()
    {
        var command = new Command("operations", "Lists all operations");
        var json = new Option<bool>("--json") { Description = "As JSON" };
        command.Add(json);
        return command.Does((given, _) =>
        {
            OperationFacts[] all =
                [.. OperationFactsTable.All.Values.OrderBy(facts => facts.Name, StringComparer.Ordinal)];
            if (given.GetValue(json)) ShowJson(all);
            else ShowTable(all);
            return Task.FromResult(0);
        });
    }

    private static void ShowTable(OperationFacts[] all)
    {
        Terminal.Table(
        [
            ["OPERATION", "ROOM", "AUTHORITY"],
            .. all.Select(facts => (string[])[facts.Name, facts.Room, facts.Authority.ToString()]),
        ]);
        var built = all.Count(facts => OperationTable.Find(facts.Name) is not null);
        Terminal.Say($"\n{built} of {all.Length} operations are built");
    }

    private static void ShowJson(OperationFacts[] all)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartArray();
            foreach (var facts in all)
            {
                writer.WriteStartObject();
                writer.WriteString("operation", facts.Name);
                writer.WriteString("room", facts.Room);
                writer.WriteString("authority", facts.Authority.ToString());
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        Terminal.Say(Encoding.UTF8.GetString(stream.ToArray()));
    }
}
