using Lifeguard.Domain.Branding;
using Lifeguard.Operations.Branding;
using Lifeguard.Web.OAuth;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary>The images that administrators have given the pages. They may be documents with scripts, which
/// nobody runs: each is shut in by its own policy.</summary>
internal sealed class PageImageEndpoint(DomainRouter domains, FindPageImage images)
{
    public const string Tag = "tag";

    /// <summary>Where they are, below the address of a domain.</summary>
    public const string Path = $"/{PageAsset.Folder}/{{{Tag}}}";

    private const string Policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

    /// <summary>Answers with the image, which the same address names for ever.</summary>
    public async Task Handle(HttpContext context)
    {
        var tag = context.Request.RouteValues[Tag]?.ToString() ?? "";
        var visit = await domains.Find(context);
        var image = visit is null ? null : await images.Of(visit.Pool.Id, tag, context.RequestAborted);
        if (image is null)
        {
            await JsonAnswer.Refuse(context, StatusCodes.Status404NotFound, "There is no such image.");
            return;
        }

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "public, max-age=31536000, immutable";
        await JsonAnswer.Send(context, StatusCodes.Status200OK, image.ContentType, image.Bytes);
    }
}
