using System.Net;
using System.Net.Http.Headers;

namespace Coordination.Connectors.Http;

/// <summary>A body that asks its pass at the last possible moment: when the connection stands and the bytes are wanted.</summary>
/// <remarks>
/// Over HTTP/1.1 the headers wait in the connection's buffer until the body is written, so a body that throws here leaves nothing
/// on the wire; over HTTP/2 a request without its body is reset. Either way the platform has nothing to publish.
/// </remarks>
internal sealed class OutboundContent : HttpContent
{
    private readonly byte[] _body;
    private readonly OutboundPass _pass;

    public OutboundContent(byte[] body, string mediaType, OutboundPass pass)
    {
        _body = body;
        _pass = pass;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType, "utf-8");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _pass.Begin();
        return stream.WriteAsync(_body, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
