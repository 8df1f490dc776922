using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Coordination.Connectors.Http;
using Coordination.Domain.Posts;

namespace Coordination.Connectors.X;

/// <summary>Uploads images in pieces ahead of the post that shows them (docs.x.com, "Media": initialize, append, finalize, status). How far it has come is kept after
/// each piece, so whoever goes on sends what is missing and no more.</summary>
internal sealed class XMedia(PlatformHttp http, ConnectorOptions options, TimeProvider time, XRequests requests)
{
    private const int LongestAlt = 1000;
    private const int MostAsks = 30;

    // An upload that ends while its post waits for its permit would only be found out by the call.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan UsualLife = TimeSpan.FromHours(1);

    /// <summary>Uploads them in order.</summary>
    /// <returns>Their ids, with commas between.</returns>
    public async Task<PrepareResult> UploadAsync(ConnectorAccount account, PrepareRequest request, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        foreach (var (index, image) in request.Images.Index())
        {
            var slot = string.Create(CultureInfo.InvariantCulture, $"image-{index}");
            var (id, trouble) = await OneAsync(account, request.Handles, slot, image, cancellationToken);
            if (id is null)
            {
                return trouble!;
            }

            ids.Add(id);
        }

        return new PrepareResult.Ready(string.Join(',', ids));
    }

    private async Task<(string? Id, PrepareResult? Trouble)> OneAsync(
        ConnectorAccount account, IPreparedHandles handles, string slot, OutboundImage image, CancellationToken cancellationToken)
    {
        var content = ContentOf(image);
        var kept = await handles.FindAsync(slot, cancellationToken);
        if (kept is null || kept.Spent || !string.Equals(kept.Content, content, StringComparison.Ordinal) || kept.ExpiresAt <= time.GetUtcNow() + Margin)
        {
            (kept, var trouble) = await BeginAsync(account, handles, slot, image, content, kept, cancellationToken);
            if (kept is null)
            {
                return (null, trouble);
            }
        }

        return kept.Complete ? (kept.Handle, null)
            : await GoOnAsync(account, handles, slot, image, kept, cancellationToken) is { } unfinished ? (null, unfinished)
            : (kept.Handle, null);
    }

    private async Task<(PreparedHandle? Kept, PrepareResult? Trouble)> BeginAsync(
        ConnectorAccount account, IPreparedHandles handles, string slot, OutboundImage image, string content, PreparedHandle? former, CancellationToken cancellationToken)
    {
        using var message = requests.Post(account, "2/media/upload/initialize", new XNewUploadJson(image.ContentType, image.Bytes.Length), XJson.Default.XNewUploadJson);
        var exchange = await http.SendFreeAsync(message, PassFree.Upload, cancellationToken);
        if (XRequests.Data(exchange, XJson.Default.XAnswerJsonXUploadJson) is not { Id: { } id } begun || !XRequests.IsId(id))
        {
            return (null, Failed(account, exchange));
        }

        var standing = await handles.KeepAsync(slot, new PreparedHandle(id, content) { ExpiresAt = ExpiresAt(begun) }, former, cancellationToken);
        return standing is not null && string.Equals(standing.Content, content, StringComparison.Ordinal)
            ? (standing, null)
            : (null, new PrepareResult.NotReady($"{account.Key}: the post was changed while an image was uploaded."));
    }

    // A piece whose answer was lost is sent again under its number, and takes its own place there.
    private async Task<PrepareResult?> GoOnAsync(
        ConnectorAccount account, IPreparedHandles handles, string slot, OutboundImage image, PreparedHandle kept, CancellationToken cancellationToken)
    {
        var pieces = (image.Bytes.Length + options.UploadPieceBytes - 1) / options.UploadPieceBytes;
        for (var piece = kept.Pieces; piece < pieces; piece++)
        {
            using var message = requests.Message(HttpMethod.Post, account, $"2/media/upload/{kept.Handle}/append");
            message.Content = Form(image, piece);
            if (await http.SendFreeAsync(message, PassFree.Upload, cancellationToken) is var exchange and not Exchange.Answered { IsSuccess: true })
            {
                return await BrokenAsync(account, handles, slot, kept, exchange, cancellationToken);
            }

            kept = kept with { Pieces = piece + 1 };
            await handles.NoteAsync(slot, kept, cancellationToken);
        }

        return await FinishAsync(account, handles, slot, image, kept, cancellationToken);
    }

    private async Task<PrepareResult?> FinishAsync(
        ConnectorAccount account, IPreparedHandles handles, string slot, OutboundImage image, PreparedHandle kept, CancellationToken cancellationToken)
    {
        using var message = requests.Message(HttpMethod.Post, account, $"2/media/upload/{kept.Handle}/finalize");
        var exchange = await http.SendFreeAsync(message, PassFree.Upload, cancellationToken);
        var upload = XRequests.Data(exchange, XJson.Default.XAnswerJsonXUploadJson);
        if (upload is null && exchange is Exchange.Answered { Status: HttpStatusCode.BadRequest })
        {
            // Finished once, its answer lost, it may not be finished twice; then its status knows it.
            upload = await StatusAsync(account, kept.Handle, cancellationToken);
        }

        if (upload is null)
        {
            return await BrokenAsync(account, handles, slot, kept, exchange, cancellationToken);
        }

        if (await ProcessedAsync(account, handles, slot, kept, upload, cancellationToken) is { } unfinished)
        {
            return unfinished;
        }

        var alt = image.Alt.Length <= LongestAlt ? image.Alt : image.Alt[..(LongestAlt - 1)] + "…";
        using var description = requests.Post(account, "2/media/metadata", new XDescriptionJson(kept.Handle, new XDescriptionMetadataJson(new XAltTextJson(alt))), XJson.Default.XDescriptionJson);
        var described = await http.SendFreeAsync(description, PassFree.Upload, cancellationToken);
        if (described is not Exchange.Answered { IsSuccess: true })
        {
            // An image never goes out without its description.
            return Failed(account, described);
        }

        await handles.NoteAsync(slot, kept with { Complete = true, ExpiresAt = ExpiresAt(upload) }, cancellationToken);
        return null;
    }

    private async Task<PrepareResult?> ProcessedAsync(
        ConnectorAccount account, IPreparedHandles handles, string slot, PreparedHandle kept, XUploadJson upload, CancellationToken cancellationToken)
    {
        for (var ask = 0; ask < MostAsks; ask++)
        {
            switch (upload.ProcessingInfo?.State)
            {
                case null or "succeeded":
                    return null;
                case "failed":
                    await handles.NoteAsync(slot, kept with { Spent = true }, cancellationToken);
                    return new PrepareResult.Refused($"{account.Key}: {account.Server.Authority} could not work on an image.");
                default:
                    await Task.Delay(TimeSpan.FromSeconds(Math.Clamp(upload.ProcessingInfo.CheckAfterSecs ?? 1, 1, 10)), time, cancellationToken);
                    if (await StatusAsync(account, kept.Handle, cancellationToken) is not { } next)
                    {
                        return new PrepareResult.NotReady($"{account.Key}: {account.Server.Authority} does not say how far it is with an image.");
                    }

                    upload = next;
                    break;
            }
        }

        return new PrepareResult.NotReady($"{account.Key}: {account.Server.Authority} is still working on an image.");
    }

    private async Task<XUploadJson?> StatusAsync(ConnectorAccount account, string id, CancellationToken cancellationToken)
    {
        using var message = requests.Message(HttpMethod.Get, account, "2/media/upload", ("media_id", id), ("command", "STATUS"));
        return XRequests.Data(await http.ReadAsync(message, cancellationToken), XJson.Default.XAnswerJsonXUploadJson);
    }

    // An upload that the platform does not go on with is begun anew by the next try; one that only broke off goes on.
    private static async Task<PrepareResult> BrokenAsync(
        ConnectorAccount account, IPreparedHandles handles, string slot, PreparedHandle kept, Exchange exchange, CancellationToken cancellationToken)
    {
        if (exchange is Exchange.Answered { Status: HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Gone } && kept.Pieces > 0)
        {
            await handles.NoteAsync(slot, kept with { Spent = true }, cancellationToken);
            return new PrepareResult.NotReady($"{account.Key}: {account.Server.Authority} does not go on with the upload of an image; it is begun anew.");
        }

        return Failed(account, exchange);
    }

    private MultipartFormDataContent Form(OutboundImage image, int piece)
    {
        var from = piece * options.UploadPieceBytes;
        var bytes = image.Bytes.Slice(from, Math.Min(options.UploadPieceBytes, image.Bytes.Length - from));
        var file = new ReadOnlyMemoryContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        return new MultipartFormDataContent
        {
            { new StringContent(piece.ToString(CultureInfo.InvariantCulture)), "segment_index" },
            { file, "media", "piece" },
        };
    }

    private DateTimeOffset ExpiresAt(XUploadJson upload) =>
        time.GetUtcNow() + (upload.ExpiresAfterSecs is { } seconds and > 0 and < 100_000_000 ? TimeSpan.FromSeconds(seconds) : UsualLife);

    private static PrepareResult Failed(ConnectorAccount account, Exchange exchange)
    {
        var says = Verdict.Hidden(account, XRequests.Words(exchange));
        return exchange is Exchange.Answered { Status: HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity } refused
            ? new PrepareResult.Refused($"{account.Key}: {account.Server.Authority} refused an image ({refused.StatusText}).{(says is null ? "" : $" It says: {says.TrimEnd('.')}.")}") { Says = says }
            : Verdict.OfOther(account, XRequests.AsHttp(exchange), says).AsPrepare();
    }

    // The pieces count too: with others, "the next piece" would be another.
    private string ContentOf(OutboundImage image) => string.Create(
        CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(SHA256.HashData(image.Bytes.Span))} {options.UploadPieceBytes} {Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(image.Alt)))}");
}
