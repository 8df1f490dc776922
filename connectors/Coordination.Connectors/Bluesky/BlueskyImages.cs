using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coordination.Connectors.Http;

namespace Coordination.Connectors.Bluesky;

/// <summary>Gives images to the data server ahead of the record that shows them (com.atproto.repo.uploadBlob). It drops what no record shows.</summary>
internal sealed class BlueskyImages(PlatformHttp http)
{
    /// <summary>Uploads them in order.</summary>
    /// <returns>The attachment; and the last exchange, where it failed.</returns>
    public async Task<(PrepareResult Result, Exchange? Failed)> UploadAsync(
        ConnectorAccount account, BlueskySession session, IReadOnlyList<OutboundImage> images, CancellationToken cancellationToken)
    {
        var embedded = new JsonArray();
        foreach (var image in images)
        {
            using var message = Xrpc.Message(HttpMethod.Post, account, "com.atproto.repo.uploadBlob", session.Token);
            message.Content = new ReadOnlyMemoryContent(image.Bytes) { Headers = { ContentType = new MediaTypeHeaderValue(image.ContentType) } };
            var exchange = await http.SendFreeAsync(message, PassFree.Upload, cancellationToken);
            if (exchange is not Exchange.Answered { IsSuccess: true } answered
                || JsonBody.Parse(answered.Body, BlueskyJson.Default.UploadedBlobJson)?.Blob is not { ValueKind: JsonValueKind.Object } blob)
            {
                return (Why(account, exchange), exchange);
            }

            embedded.Add(new JsonObject
            {
                ["alt"] = image.Alt,
                ["image"] = JsonNode.Parse(blob.GetRawText()),
                ["aspectRatio"] = new JsonObject { ["width"] = image.Width, ["height"] = image.Height },
            });
        }

        return (new PrepareResult.Ready(BlueskyAttachment.OfImages(embedded)), null);
    }

    private static PrepareResult Why(ConnectorAccount account, Exchange exchange)
    {
        if (exchange is Exchange.Answered { Status: HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest } refused && !Xrpc.SessionEnded(exchange))
        {
            var words = JsonBody.Words(Xrpc.Error(exchange)?.Message);
            return new PrepareResult.Refused($"{account.Key}: {account.Server.Authority} refused an image ({refused.StatusText}).{(words is null ? "" : $" It says: {words}")}");
        }

        return Verdict.OfOther(account, exchange).AsPrepare();
    }
}
