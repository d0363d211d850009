using System.Net;
using Lifeguard.Web.Pages.ManagedLogin;

namespace Lifeguard.Web.Tests.ManagedLogin;

public sealed class PageFileTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("login.css", "text/css; charset=utf-8")]
    [InlineData("classic.css", "text/css; charset=utf-8")]
    [InlineData("passkeys.js", "text/javascript; charset=utf-8")]
    public async Task Files_of_the_pages_may_be_kept_for_good(string name, string contentType)
    {
        var file = PageFile.All.Single(file => file.Path == $"/_pages/{name}");
        Assert.StartsWith($"{file.Path}?v=", file.Href);
        var answer = await server.Get(file.Href);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(contentType, answer.Header("Content-Type"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("public, max-age=31536000, immutable", answer.Header("Cache-Control"));
    }
}
