using System.Globalization;
using System.Text.RegularExpressions;
using MailKit.Net.Smtp;

namespace Lifeguard.Adapters;

/// <summary>What a mail server refuses by a reply. At a recipient it may speak of what came before: many
/// servers wait until then with all that they have against the host and the sender.</summary>
/// <param name="Part">What is refused, for administrators.</param>
/// <param name="IsFinal">It is the fault of the message or of its recipient, and will be the next time; all
/// else is the operator's to repair.</param>
internal sealed partial record SmtpRefusal(string Part, bool IsFinal)
{
    private const string Session = "session";
    private const string Sender = "sender";

    /// <summary>By the code of the reply, and by the status before its text where there is one
    /// (RFC 2034).</summary>
    public static SmtpRefusal Of(SmtpCommandException reply)
    {
        var code = (int)reply.StatusCode;
        var part = reply.ErrorCode switch
        {
            SmtpErrorCode.SenderNotAccepted => Sender,
            _ when Culprit(code, StatusOf(reply.Message)) is { } culprit => culprit,
            SmtpErrorCode.RecipientNotAccepted => "recipient",
            _ => "message",
        };
        return new(part, code is >= 500 and < 600 && part is not (Session or Sender));
    }

    /// <summary>Who is at fault but the message and its recipient; null for nobody. A status of detail 0 is
    /// undefined: then the code tells.</summary>
    private static string? Culprit(int code, (int Subject, int Detail) status) => status switch
    {
        // RFC 3463 §3.2: the sender's address, or its domain.
        (1, 7 or 8) => Sender,
        // RFC 3463 §3.2 and §3.3: the recipient's.
        (1 or 2, _) => null,
        // RFC 3463 §3.6: how the two servers speak with each other.
        (5, > 0) => Session,
        // RFC 3463 §3.8, RFC 4954 §6, RFC 5248 §2.4: TLS and the account. 5.7.1 is said of recipients too.
        (7, 4 or (>= 8 and <= 14)) => Session,
        // RFC 7372 §3, RFC 7505 §4.2: DKIM, SPF, the host's name in DNS, a domain that takes no mail.
        (7, >= 20 and <= 27) => Sender,
        // RFC 5321 §4.2.2: commands and parameters that the server does not know, or not now.
        _ => code is (>= 500 and <= 504) or 555 ? Session : null,
    };

    private static (int Subject, int Detail) StatusOf(string text)
    {
        var status = Status().Match(text);
        return status.Success ? (Number(status.Groups[1]), Number(status.Groups[2])) : default;
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    /// <summary>RFC 3463 §2.</summary>
    [GeneratedRegex(@"^5\.([0-9]{1,3})\.([0-9]{1,3})(?![0-9.])")]
    private static partial Regex Status();
}
