using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Pages.ManagedLogin.Pieces;

/// <summary>Forms and what stands in them, the same for both kinds of pages but for their classes.</summary>
internal static class FormPieces
{
    private static readonly Html Required = $" required";
    private static readonly Html Focused = $" autofocus";
    private static readonly Html Invalid = $" aria-invalid=\"true\"";

    // Names and codes are no words.
    private static readonly Html Verbatim =
        $" autocapitalize=\"none\" autocorrect=\"off\" spellcheck=\"false\"";

    /// <summary>A form that carries the query, the token and what <paramref name="step"/>
    /// continues.</summary>
    public static Html Form(this PageFrame frame, string path, Html content, StepModel? step = null) =>
        $"""
        <form method="post" action="{frame.To(path)}">
        {frame.Carried(step)}
        {content}
        </form>
        """;

    /// <summary>What a form sends along unseen. The name is a text field, since password managers look for
    /// one.</summary>
    public static Html Carried(this PageFrame frame, StepModel? step) =>
        $"""
        {Hidden(frame.CsrfField, frame.CsrfToken)}{(step is null ? null : (Html)$"""
            {Hidden(FormFields.Session, step.Session)}<input type="text" name="{FormFields.Username}"
            value="{step.Username}" autocomplete="username" hidden>
            """)}
        """;

    public static Html Hidden(string name, string value) =>
        $"""<input type="hidden" name="{name}" value="{value}">""";

    /// <summary>Tells when the page of a form was opened.</summary>
    public static Html? Opened(DateTimeOffset? at) =>
        at is { } time ? Hidden(FormFields.Opened, $"{time.ToUnixTimeSeconds()}") : null;

    /// <summary>A label, its input, and what is told about it.</summary>
    public static Html Field(this PageFrame frame, Field field)
    {
        var label = frame.Label(field);
        var input = frame.Input(field);
        // The classic sign-in has two forms with the same ids, so labels there enclose what they label.
        Html both = frame.IsClassic
            ? (Html)$"<label>{label}{input}</label>"
            : $"""<label for="{field.Id}">{label}</label>{input}""";
        return
            $"""
            <div class="field">
            {both}
            {(field.Hint is null ? null : (Html)$"""<p class="hint" id="{field.Id}-hint">{field.Hint}</p>""")}
            {FieldError(field)}
            {field.Rules?.Text}
            </div>
            """;
    }

    /// <summary>The button that sends a form.</summary>
    public static Html Submit(this PageFrame frame, string text) => frame.Submit($"{text}", null, null);

    /// <inheritdoc cref="Submit(PageFrame, string)" />
    public static Html Submit(this PageFrame frame, Html text, string? name, string? value)
    {
        var style = frame.IsClassic ? "button submitButton-customizable" : "button primary";
        return
            $"""
            <button type="submit" class="{style}"{Attribute("name", name)}{Attribute(
                "value", value)}>{text}</button>
            """;
    }

    /// <summary>Another button of a form.</summary>
    public static Html Secondary(string text, string name, string value) =>
        $"""<button type="submit" class="button secondary" name="{name}" value="{value}">{text}</button>""";

    /// <summary>A form that shows nothing but one button, which looks like a link.</summary>
    /// <param name="carried">Fields that it sends along unseen.</param>
    public static Html LinkForm(
        this PageFrame frame, string path, string text, StepModel step, string? name = null,
        Html? carried = null) =>
        frame.Form(
            path,
            $"""{carried}<button type="submit" class="text-button"{Attribute("name", name)}{Attribute(
                "value", name is null ? null : "true")}>{text}</button>""",
            step);

    public static Html Link(this PageFrame frame, string path, string text) =>
        $"""<a href="{frame.To(path)}">{text}</a>""";

    /// <summary>A link to somebody else's address; the words alone where that would run a script.</summary>
    public static Html Onward(string href, string text) =>
        IsHarmless(href) ? (Html)$"""<a href="{href}">{text}</a>""" : $"{text}";

    /// <summary>The scheme as browsers read it: without blanks and control characters around and in it
    /// (WHATWG URL §4.4).</summary>
    private static bool IsHarmless(string href)
    {
        var scheme = string.Concat(href.Where(static letter => letter > ' ')).Split(':', 2)[0];
        return scheme.ToLowerInvariant() is not ("javascript" or "data" or "vbscript");
    }

    /// <summary>An attribute; nothing at all where there is no value.</summary>
    /// <param name="name">Of the program itself: it is not encoded.</param>
    public static Html Attribute(string name, string? value)
    {
        var piece = Html.Empty;
        if (value is null) return piece;
        piece.AppendLiteral($" {name}=\"");
        piece.AppendFormatted(value);
        piece.AppendLiteral("\"");
        return piece;
    }

    private static Html Label(this PageFrame frame, Field field)
    {
        Html optional = field.IsRequired
            ? Html.Empty
            : $""" <span class="optional">({frame.Texts.Optional})</span>""";
        return frame.IsClassic
            ? (Html)$"""<span class="label-customizable">{field.Label}{optional}</span>"""
            : $"{field.Label}{optional}";
    }

    private static Html Input(this PageFrame frame, Field field)
    {
        var style = frame.IsClassic ? "input inputField-customizable" : field.IsCode ? "input code" : "input";
        var isWords = field is { Type: "text", IsCode: false }
            && field.Autocomplete?.StartsWith("username", StringComparison.Ordinal) != true;
        return
            $"""
            <input id="{field.Id}" name="{field.Name}" type="{field.Type}" class="{style}"{Attribute(
                "value", field.Type == "password" ? null : field.Value)}{Attribute(
                "autocomplete", field.Autocomplete)}{Attribute(
                "inputmode", field.InputMode)}{Attribute(
                "maxlength", field.MaxLength?.ToString())}{Attribute(
                "aria-describedby", DescribedBy(field))}{(field.Error is null ? null : Invalid)}{(
                field.IsRequired ? Required : null)}{(field.HasFocus ? Focused : null)}{(
                isWords ? null : Verbatim)}>
            """;
    }

    private static string? DescribedBy(Field field)
    {
        string?[] places =
        [
            field.Error is null ? null : $"{field.Id}-error",
            field.Hint is null ? null : $"{field.Id}-hint",
            field.Rules?.Id,
        ];
        var told = string.Join(' ', places.Where(place => place is not null));
        return told.Length == 0 ? null : told;
    }

    private static Html? FieldError(Field field) => field.Error is null
        ? null
        : (Html)$"""
            <p class="field-error" id="{field.Id}-error">{Icons.Alert}<span>{field.Error}</span></p>
            """;
}
