using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>A file that pages refer to. Its address changes with its content, so that browsers may keep it
/// for good.</summary>
internal sealed class PageFile
{
    /// <summary>Where they are, below the address of a domain.</summary>
    public const string Folder = "/_pages";

    public static readonly PageFile Managed = new("login.css", "text/css; charset=utf-8");
    public static readonly PageFile Classic = new("classic.css", "text/css; charset=utf-8");
    public static readonly PageFile Passkeys = new("passkeys.js", "text/javascript; charset=utf-8");

    /// <summary>All of them; each is to be served at its <see cref="Path"/>.</summary>
    public static readonly IReadOnlyList<PageFile> All = [Managed, Classic, Passkeys];

    private readonly string contentType;

    private PageFile(string name, string contentType)
    {
        this.contentType = contentType;
        Path = $"{Folder}/{name}";
        Bytes = EmbeddedFile.Read($"Assets/{name}");
        Href = $"{Path}?v={EmbeddedFile.Version(Bytes)}";
    }

    public string Path { get; }

    /// <summary>How pages refer to it.</summary>
    public string Href { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Sends the file.</summary>
    public Task Send(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return JsonAnswer.Send(context, 200, contentType, Bytes);
    }
}
