using System.Reflection;

namespace Lifeguard.Adapters.Handlers;

/// <summary>A language that handlers are written in, and the program that runs them.</summary>
/// <param name="Program">Looked for on <c>PATH</c>.</param>
/// <param name="Extensions">Of files in this language, the first found first.</param>
/// <param name="Export">The customary name of a handler.</param>
public sealed record HandlerLanguage(string Program, IReadOnlyList<string> Extensions, string Export)
{
    private const string Resources = "Lifeguard.Adapters.Handlers.";

    private readonly Lazy<string> bootstrap = new(() => Read($"{Resources}{Program}-bootstrap"));

    /// <summary>JavaScript, as CommonJS or as ES modules.</summary>
    public static HandlerLanguage JavaScript { get; } = new("node", [".mjs", ".cjs", ".js"], "handler");

    /// <summary>Python 3.</summary>
    public static HandlerLanguage Python { get; } = new("python3", [".py"], "lambda_handler");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HandlerLanguage> All { get; } = [JavaScript, Python];

    /// <summary>The program that loads a handler, to be given to the language's interpreter.</summary>
    public string Bootstrap => bootstrap.Value;

    /// <summary>What a file is written in, by its extension; null where none runs it.</summary>
    public static HandlerLanguage? OfFile(string path) =>
        All.FirstOrDefault(language => language.Owns(path));

    /// <summary>Is the file in this language?</summary>
    public bool Owns(string path) => Extensions.Any(extension =>
        path.Length > extension.Length && path.EndsWith(extension, StringComparison.Ordinal));

    /// <summary>The interpreter and its arguments: the bootstrap comes as text, so that no file of ours has
    /// to lie anywhere.</summary>
    public IReadOnlyList<string> CommandFor(string file, string export) =>
        [Program, Program == "node" ? "-e" : "-c", Bootstrap, file, export];

    private static string Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
