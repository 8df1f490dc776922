using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coordination.Sandbox.Api;
using Coordination.Sandbox.Network;
using Microsoft.AspNetCore.Http.Features;

namespace Coordination.Sandbox.X;

/// <summary>Images in pieces (docs.x.com, "Media": initialize, append, finalize, status). A piece that comes again takes the place of the first.</summary>
internal static class XMediaEndpoints
{
    private const int MostBytes = 5 * 1024 * 1024;
    private const int MostPieces = 999;
    private const int LongestAlt = 1000;
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>Lets a piece be as large as it may be.</summary>
    public static void UsePieces(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments("/x/2/media", StringComparison.Ordinal) && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MostBytes + 16384;
        }

        return next(context);
    });

    public static void MapXMedia(this WebApplication app)
    {
        var media = app.MapGroup("/x/2/media");
        media.AddEndpointFilter(async (context, next) => context.HttpContext.Account() is null ? XAnswers.Unauthorized : await next(context));
        media.MapPost("/upload/initialize", BeginAsync);
        media.MapPost("/upload/{id}/append", AppendAsync);
        media.MapPost("/upload/{id}/finalize", FinishAsync);
        media.MapGet("/upload", (string media_id, HttpContext context, SandboxNetwork network) =>
            Own(network, context, media_id) is { } upload && network.Media(upload.Id) is not null ? XAnswers.Ok(Entity(upload, network)) : XAnswers.Invalid("Media ID is invalid or not finalized."));
        media.MapPost("/metadata", DescribeAsync);
    }

    private static async Task<IResult> BeginAsync(HttpContext context, SandboxNetwork network)
    {
        if (await XEndpoints.ReadAsync(context.Request, "media_type", "total_bytes", "media_category") is not { } body
            || !body.TryGetProperty("media_type", out var type) || !MediaEndpoints.Types.Contains(type.GetString(), StringComparer.Ordinal)
            || !body.TryGetProperty("total_bytes", out var total) || !total.TryGetInt32(out var bytes) || bytes is < 1 or > MostBytes)
        {
            return XAnswers.Invalid("The sandbox takes JPEG and PNG of at most 5 MB.");
        }

        var (upload, durable) = network.BeginUpload(context.Account()!, type.GetString()!, bytes);
        await durable;
        return XAnswers.Ok(Entity(upload, network));
    }

    private static async Task<IResult> AppendAsync(string id, HttpContext context, SandboxNetwork network, MediaFolder folder)
    {
        if (Own(network, context, id) is not { } upload || network.Media(upload.Id) is not null)
        {
            return XAnswers.Invalid("Media ID is invalid, or finalized.");
        }

        var form = await context.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = MostBytes + 16384 });
        if (form.Files.GetFile("media") is not { Length: > 0 } piece || XEndpoints.Number(form["segment_index"].ToString()) is not (>= 0 and <= MostPieces and var index))
        {
            return XAnswers.Invalid("media and segment_index (0 to 999) are required.");
        }

        using var bytes = new MemoryStream((int)piece.Length);
        await piece.CopyToAsync(bytes);
        await folder.WritePieceAsync(upload.Id, (int)index, bytes.ToArray());
        await network.TakePiece(upload.Id, (int)index, (int)piece.Length);
        return XAnswers.Ok(new JsonObject { ["expires_at"] = (upload.BegunAt + Life).ToUnixTimeSeconds() });
    }

    private static async Task<IResult> FinishAsync(string id, HttpContext context, SandboxNetwork network, MediaFolder folder)
    {
        if (Own(network, context, id) is not { } upload || network.Media(upload.Id) is not null)
        {
            return XAnswers.Invalid("Media ID is invalid, or finalized.");
        }

        var pieces = network.Pieces(upload.Id).GroupBy(p => p.Index).Select(g => g.Last()).OrderBy(p => p.Index).ToList();
        if (pieces.Sum(p => p.Size) != upload.TotalBytes || pieces.Where((p, at) => p.Index != at).Any())
        {
            return XAnswers.Invalid("Segments do not add up to provided total file size.");
        }

        await folder.JoinAsync(upload.Id, pieces.Select(p => p.Index));
        await network.Upload(new SandboxMedia(upload.Id, upload.AccountId, upload.ContentType, null, upload.TotalBytes));
        return XAnswers.Ok(Entity(upload, network));
    }

    private static async Task<IResult> DescribeAsync(HttpContext context, SandboxNetwork network)
    {
        if (await XEndpoints.ReadAsync(context.Request, "id", "metadata") is not { } body || !body.TryGetProperty("id", out var id)
            || Own(network, context, id.GetString()) is not { } upload || network.Media(upload.Id) is not { } media
            || !body.TryGetProperty("metadata", out var metadata) || !metadata.TryGetProperty("alt_text", out var alt) || !alt.TryGetProperty("text", out var text)
            || text.ValueKind != JsonValueKind.String || text.GetString()!.Length > LongestAlt)
        {
            return XAnswers.Invalid("The media or its alt_text is not as described.");
        }

        await network.Upload(media with { Description = text.GetString() });
        return XAnswers.Ok(new JsonObject { ["id"] = Text(media.Id) });
    }

    private static SandboxUpload? Own(SandboxNetwork network, HttpContext context, string? id) =>
        XEndpoints.Number(id) is { } number && network.Upload(number) is { } upload
        && string.Equals(upload.AccountId, context.Account()!.Id, StringComparison.Ordinal) && upload.BegunAt > network.Time.GetUtcNow() - Life
            ? upload
            : null;

    private static JsonObject Entity(SandboxUpload upload, SandboxNetwork network) => new()
    {
        ["id"] = Text(upload.Id),
        ["media_key"] = "3_" + Text(upload.Id),
        ["expires_after_secs"] = (int)(upload.BegunAt + Life - network.Time.GetUtcNow()).TotalSeconds,
    };

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
