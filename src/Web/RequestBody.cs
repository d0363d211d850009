using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web;

/// <summary>Reads whole request bodies up to a bound.</summary>
internal static class RequestBody
{
    /// <summary>The body; null where it is longer than <paramref name="maxBytes"/>. A body that announces its
    /// excess is not read at all.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> Read(HttpContext context, int maxBytes)
    {
        if (context.Request.ContentLength > maxBytes) return null;
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            var buffer = read.Buffer;
            if (buffer.Length > maxBytes)
            {
                reader.AdvanceTo(buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = buffer.ToArray();
                reader.AdvanceTo(buffer.End);
                return body;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}
