using System.Text;
using System.Xml;
using Lifeguard.Operations.Imports;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Imports;

/// <summary>Refusals as S3 writes them.</summary>
internal static class XmlAnswer
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    };

    public static Task Send(HttpContext context, UploadAnswer.Refused refusal, string requestId)
    {
        var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, Settings))
        {
            writer.WriteStartElement("Error");
            writer.WriteElementString("Code", refusal.Code);
            writer.WriteElementString("Message", refusal.Message);
            writer.WriteElementString("RequestId", requestId);
            writer.WriteEndElement();
        }

        return JsonAnswer.Send(context, refusal.Status, "application/xml", buffer.ToArray());
    }
}
