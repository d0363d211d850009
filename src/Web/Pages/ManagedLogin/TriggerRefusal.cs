using Lifeguard.Contract;
using Lifeguard.Domain;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>A trigger has refused, or has failed. Whoever wrote it means its words for people; the API frames
/// them for programmers.</summary>
/// <param name="Words">The author's own; null where there are none, since the function did not answer as one
/// has to.</param>
internal sealed record TriggerRefusal(string? Words)
{
    private const string Frame = " failed with error ";

    /// <summary>What it is; null for other refusals.</summary>
    public static TriggerRefusal? Of(ApiException refusal) => refusal.Code switch
    {
        Errors.UserLambdaValidationException => new(WordsIn(refusal.Text ?? "")),
        Errors.UnexpectedLambdaException or Errors.InvalidLambdaResponseException => new(Words: null),
        _ => null,
    };

    /// <summary>Between the name of the trigger and the full stop of the API, which stays where the sentence
    /// has no end of its own.</summary>
    private static string? WordsIn(string text)
    {
        var at = text.IndexOf(Frame, StringComparison.Ordinal);
        var words = at < 0 ? text : text[(at + Frame.Length)..];
        return words switch
        {
            "" or "." => null,
            [.. var whole, '.'] when EndsSentence(whole) => whole,
            _ => words,
        };
    }

    private static bool EndsSentence(string words) =>
        words.TrimEnd() is [.., '.' or '!' or '?' or '…' or '。' or '！' or '？'];
}
