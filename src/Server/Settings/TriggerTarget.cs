using System.Text;
using Lifeguard.Adapters.Handlers;

namespace Lifeguard.Server.Settings;

/// <summary>Where a trigger is called instead of Lambda, as a setting says it: the address of a webhook,
/// <c>lambda:ADDRESS</c>, <c>command:PROGRAM ARGUMENTS</c>, or the file of a handler.</summary>
public abstract record TriggerTarget
{
    private const string LambdaPrefix = "lambda:";
    private const string CommandPrefix = "command:";
    private const int MostWords = 100;

    /// <summary>The only path that AWS's runtime interface emulator has, whatever the function's
    /// name.</summary>
    private const string EmulatorPath = "/2015-03-31/functions/function/invocations";

    private TriggerTarget()
    {
    }

    /// <summary>A signed POST.</summary>
    public sealed record Webhook(Uri Address) : TriggerTarget
    {
        /// <summary>Never prints the query, which may hold a key.</summary>
        public override string ToString() => nameof(Webhook);
    }

    /// <summary>An endpoint with Lambda's Invoke API for this function alone.</summary>
    public sealed record Lambda(Uri Invocations) : TriggerTarget
    {
        /// <summary>It is AWS's runtime interface emulator.</summary>
        internal bool IsEmulatorOfOneRuntime => Invocations.AbsolutePath == EmulatorPath;
    }

    /// <summary>A program, started for each event.</summary>
    public sealed record Command(IReadOnlyList<string> Words) : TriggerTarget;

    /// <summary>A file with a handler, kept warm.</summary>
    public sealed record Handler(HandlerName Name) : TriggerTarget;

    /// <summary>The target; null where <paramref name="text"/> is none.</summary>
    public static TriggerTarget? Parse(string text)
    {
        if (text.StartsWith(CommandPrefix, StringComparison.Ordinal))
            return WordsOf(text[CommandPrefix.Length..]) is { Count: > 0 } words ? new Command(words) : null;
        if (text.StartsWith(LambdaPrefix, StringComparison.Ordinal))
            return InvocationsAt(text[LambdaPrefix.Length..]) is { } address ? new Lambda(address) : null;
        if (SettingKind.Address.Accepts(text)) return new Webhook(new(text));
        return HandlerName.Parse(text) is { } name ? new Handler(name) : null;
    }

    /// <summary>The address as it may be shown.</summary>
    public static string Shown(string text) => Parse(text) is Webhook { Address: var address }
        ? address.GetLeftPart(UriPartial.Path)
        : text;

    private static Uri? InvocationsAt(string text)
    {
        if (!SettingKind.Address.Accepts(text)) return null;
        var address = new Uri(text);
        if (address.PathAndQuery == "/") return new(address, EmulatorPath);
        return address.AbsolutePath.EndsWith("/invocations", StringComparison.Ordinal) ? address : null;
    }

    /// <summary>Words between blanks; a pair of quotes keeps blanks together. Nothing else has a meaning: no
    /// shell reads it. Null where a quote is not closed.</summary>
    private static List<string>? WordsOf(string text)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        char? quote = null;
        foreach (var c in text)
        {
            if (c == quote) quote = null;
            else if (quote is null && c is ('"' or '\'')) (quote, word) = (c, word ?? new());
            else if (quote is null && char.IsWhiteSpace(c)) Close();
            else (word ??= new()).Append(c);
        }

        Close();
        return quote is null && words.Count <= MostWords && words is not ["", ..] ? words : null;

        void Close()
        {
            if (word is not null) words.Add(word.ToString());
            word = null;
        }
    }
}
