using System.Net;
using System.Net.Http.Headers;
using Coordination.Connectors.Http;

namespace Coordination.Connectors.Mastodon;

/// <summary>Gives images to the server ahead of the status that shows them (docs.joinmastodon.org/methods/media). It drops what no status shows within a day.</summary>
internal sealed class MastodonMedia(PlatformHttp http, TimeProvider time)
{
    private const int MostAsks = 60;
    private static readonly TimeSpan BetweenAsks = TimeSpan.FromMilliseconds(500);

    /// <summary>Uploads them in order.</summary>
    /// <returns>Their ids, with commas between.</returns>
    public async Task<PrepareResult> UploadAsync(ConnectorAccount account, IReadOnlyList<OutboundImage> images, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        foreach (var image in images)
        {
            using var message = MastodonReader.Message(HttpMethod.Post, account, "api/v2/media");
            message.Content = Form(image);
            var exchange = await http.SendFreeAsync(message, PassFree.Upload, cancellationToken);
            if (exchange is not Exchange.Answered { IsSuccess: true } answered
                || JsonBody.Parse(answered.Body, MastodonJson.Default.MediaJson)?.Id is not { Length: > 0 } id || !id.All(char.IsAsciiLetterOrDigit))
            {
                return Failed(account, exchange);
            }

            if (answered.Status == HttpStatusCode.Accepted && await ProcessedAsync(account, id, cancellationToken) is { } unfinished)
            {
                return unfinished;
            }

            ids.Add(id);
        }

        return new PrepareResult.Ready(string.Join(',', ids));
    }

    // A large image is worked on for a while; a status that shows it before is refused.
    private async Task<PrepareResult?> ProcessedAsync(ConnectorAccount account, string id, CancellationToken cancellationToken)
    {
        for (var ask = 0; ask < MostAsks; ask++)
        {
            using var message = MastodonReader.Message(HttpMethod.Get, account, $"api/v1/media/{id}");
            var exchange = await http.ReadAsync(message, cancellationToken);
            switch (exchange)
            {
                case Exchange.Answered { Status: HttpStatusCode.OK }:
                    return null;
                case Exchange.Answered { Status: HttpStatusCode.PartialContent }:
                    await Task.Delay(BetweenAsks, time, cancellationToken);
                    break;
                default:
                    return Failed(account, exchange);
            }
        }

        return new PrepareResult.NotReady($"{account.Key}: {account.Server.Authority} is still working on an image.");
    }

    private static MultipartFormDataContent Form(OutboundImage image)
    {
        var file = new ReadOnlyMemoryContent(image.Bytes) { Headers = { ContentType = new MediaTypeHeaderValue(image.ContentType) } };
        return new MultipartFormDataContent
        {
            { file, "file", image.ContentType is "image/png" ? "image.png" : "image.jpg" },
            { new StringContent(image.Alt), "description" },
        };
    }

    private static PrepareResult Failed(ConnectorAccount account, Exchange exchange)
    {
        if (exchange is Exchange.Answered { Status: HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge } refused)
        {
            var words = JsonBody.Words(JsonBody.Parse(refused.Body, MastodonJson.Default.ErrorJson)?.Error);
            return new PrepareResult.Refused($"{account.Key}: {account.Server.Authority} refused an image ({refused.StatusText}).{(words is null ? "" : $" It says: {words}")}");
        }

        return Verdict.OfOther(account, exchange).AsPrepare();
    }
}
