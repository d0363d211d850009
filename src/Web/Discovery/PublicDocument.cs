using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lifeguard.Web.Discovery;

/// <summary>Documents of a pool that anybody may read, pages of any origin included.</summary>
internal static class PublicDocument
{
    /// <summary>Name of the part of the path that holds the pool id.</summary>
    public const string PoolId = "poolId";

    private const int LongestPoolId = 55;

    /// <summary>Short enough that a rotated key is seen soon, long enough to spare the server.</summary>
    private const string CacheControl = "public, max-age=300";

    /// <summary>The pool that the path names; null where there is none, which is answered here.</summary>
    public static async Task<UserPool?> PoolOf(HttpContext context, PoolStore pools)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        var id = context.GetRouteValue(PoolId) as string ?? "";
        var pool = id.Length <= LongestPoolId && id.Contains('_')
            ? await pools.Find(id, context.RequestAborted)
            : null;
        if (pool is null) await JsonAnswer.Refuse(context, 404, "User pool does not exist.");
        return pool;
    }

    public static Task Send(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.Headers.CacheControl = CacheControl;
        return JsonAnswer.Send(context, 200, write);
    }

    public static void WriteList(this Utf8JsonWriter writer, string name, params ReadOnlySpan<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
