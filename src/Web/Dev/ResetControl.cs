using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;
using Lifeguard.Web.Inbox;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Dev;

/// <summary><c>POST /_lifeguard/reset</c>: everything as after the start, within milliseconds.</summary>
public sealed class ResetControl(
    Database database, IInbox inbox, TriggerLog triggers, DevClock clock, CodesControl codes)
{
    public async Task Reset(HttpContext context)
    {
        await database.Reset(context.RequestAborted);
        inbox.Clear();
        triggers.Clear();
        codes.Reset();
        clock.Reset();
        await ControlBody.Done(context);
    }
}
