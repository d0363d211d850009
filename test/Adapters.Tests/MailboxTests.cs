using Lifeguard.Domain.Pools;

namespace Lifeguard.Adapters.Tests;

/// <summary>What a pool may name as sender, and what can leave, is told in two places.</summary>
public sealed class MailboxTests
{
    [Theory]
    [InlineData("a@example.com")]
    [InlineData(" a@example.com ")]
    [InlineData("<a@example.com>")]
    [InlineData("a+b.c@example.com")]
    [InlineData("Pool <a@example.com>")]
    [InlineData("Pool<a@example.com>")]
    [InlineData("Pool. <a@example.com>")]
    [InlineData("Pool | Co. & O'Neil <a@example.com>")]
    [InlineData("Zürich – 😀 <a@bücher.example>")]
    [InlineData("\"Pool, Inc. \\\"x\\\"\" <a@example.com>")]
    [InlineData("\"a@b\" <a@example.com>")]
    [InlineData("=?utf-8?Q?x?= <a@example.com>")]
    public void Whom_a_pool_may_name_can_send(string text) =>
        Assert.Equal((true, true), (DeliveryRules.IsMailbox(text), MailComposer.IsMailbox(text)));

    [Theory]
    [InlineData("")]
    [InlineData("pool")]
    [InlineData("a@")]
    [InlineData("@example.com")]
    [InlineData("a@example.com,b@example.com")]
    [InlineData("a;b@example.com")]
    [InlineData("a,b@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("a.@example.com")]
    [InlineData(".a@example.com")]
    [InlineData("Pool <a.@example.com>")]
    [InlineData("Pool <.a@example.com>")]
    [InlineData(".. <a@example.com>")]
    [InlineData("a@ex ample.com")]
    [InlineData("Pool <a@example.com> b@example.com")]
    [InlineData("Pool <a@example.com>\r\nBcc: b@example.com")]
    [InlineData("pool:a@example.com;")]
    [InlineData("Pool <pool>")]
    public void Whom_no_pool_may_name_cannot(string text) =>
        Assert.Equal((false, false), (DeliveryRules.IsMailbox(text), MailComposer.IsMailbox(text)));

    [Theory]
    [InlineData("Pool (Support) <a@example.com>")]
    [InlineData("(c)a@example.com")]
    [InlineData("Pool, Inc. <a@example.com>")]
    [InlineData("\u00a0a@example.com")]
    [InlineData("Pool <a@example.com\u2028>")]
    [InlineData("Foo @ Bar <a@example.com>")]
    [InlineData("\"Pool <a@example.com>")]
    public void Pools_name_nobody_whom_another_reader_might_take_for_somebody_else(string text) =>
        Assert.False(DeliveryRules.IsMailbox(text));
}
