using Lifeguard.Domain;
using Lifeguard.Domain.Imports;
using Lifeguard.Operations.Imports;
using Lifeguard.Web.AwsJson;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Lifeguard.Web.Imports;

/// <summary>Takes files of users at presigned addresses, and answers as S3 does.</summary>
public sealed class UploadEndpoint(UploadFile uploads, RandomSource random)
{
    public const string Account = "account";
    public const string PoolId = "poolId";
    public const string JobId = "jobId";

    private const int LongestWord = 128;

    /// <summary>Answers whatever comes to such an address.</summary>
    public async Task Handle(HttpContext context)
    {
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            await AnyOrigin.Preflight(context, HttpMethods.Put);
            return;
        }

        AnyOrigin.Allow(context);
        var answer = HttpMethods.IsPut(context.Request.Method)
            ? await Take(context)
            : new UploadAnswer.Refused(
                405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
        if (answer is UploadAnswer.Taken taken)
        {
            context.Response.Headers.ETag = $"\"{taken.Tag}\"";
            context.Response.ContentLength = 0;
            return;
        }

        // What is left of the body is not worth reading only to keep the connection.
        if (HttpProtocol.IsHttp11(context.Request.Protocol)) context.Response.Headers.Connection = "close";
        await XmlAnswer.Send(context, (UploadAnswer.Refused)answer, random.Id());
    }

    private async Task<UploadAnswer> Take(HttpContext context)
    {
        var query = context.Request.QueryString.Value is { Length: > 0 } given ? given[1..] : "";
        var admission = await uploads.Admit(
            TargetOf(context), query, context.Request.ContentLength, context.RequestAborted);
        if (admission is not UploadAnswer.Admitted admitted) return admission;
        // Only who has a good address may send that much. One byte more, so that the excess is seen here.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = ImportJob.MaxFileBytes + 1;
        try
        {
            return await uploads.Receive(admitted.Job, context.Request.Body, context.RequestAborted);
        }
        catch (BadHttpRequestException broken)
        {
            return new UploadAnswer.Refused(
                broken.StatusCode, "IncompleteBody", "The body could not be read to its end.");
        }
    }

    private static UploadTarget TargetOf(HttpContext context) =>
        new(Word(context, Account), Word(context, PoolId), Word(context, JobId));

    private static string Word(HttpContext context, string name) =>
        context.Request.RouteValues[name] is string { Length: <= LongestWord } word ? word : "";
}
