using Lifeguard.Domain.Effects;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Lifeguard.Adapters.Tests;

/// <summary>A mail, and what sends it.</summary>
internal static class SampleMail
{
    public static EmailMessage Message(string body = "<p>Hello</p>") => new(
        "msg-1", "us-east-1_Pool", "The Pool <no-reply@pool.example>", null, "ana@example.com", "Hello",
        body);

    public static SmtpEmailSender Sender(
        ScriptedSmtp server, FakeTimeProvider clock, SmtpSecurity security = SmtpSecurity.None,
        string? user = null, TimeSpan? stepLimit = null, string hostName = "pool",
        string? localDomain = null) => new(
        new()
        {
            Host = "127.0.0.1",
            Port = server.Port,
            Security = security,
            User = user,
            Password = user is null ? null : "mail secret",
            LocalDomain = localDomain,
            From = "default@lifeguard.example",
        },
        clock,
        NullLogger<SmtpEmailSender>.Instance)
        {
            HostName = hostName,
            StepLimit = stepLimit ?? TimeSpan.FromSeconds(15),
        };
}
