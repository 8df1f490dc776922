using System.Globalization;
using System.Text.Json.Nodes;
using Coordination.Sandbox.Network;
using Microsoft.AspNetCore.Http.Features;

namespace Coordination.Sandbox.Api;

/// <summary>Uploading images ahead of a status (docs.joinmastodon.org/methods/media).</summary>
internal static class MediaEndpoints
{
    /// <summary>Largest image, in bytes.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    /// <summary>Most images of one status.</summary>
    public const int MostOfStatus = 10;

    /// <summary>From this size on a file is answered for before it is worked through, as a busy server does.</summary>
    private const int AtOnceBytes = 256 * 1024;
    private const int LongestDescription = 1500;

    public static IReadOnlyList<string> Types { get; } = ["image/jpeg", "image/png"];

    public static void MapMedia(this WebApplication app)
    {
        app.MapPost("/api/v2/media", UploadAsync);
        app.MapGet("/api/v1/media/{id}", FindAsync);
        app.MapGet("/media/{id}", (string id, SandboxNetwork network, MediaFolder folder) =>
            Find(network, id) is { } media ? Results.File(folder.PathOf(media.Id), media.ContentType) : Results.NotFound());
    }

    /// <summary>A file as Mastodon shows it.</summary>
    public static JsonObject Entity(SandboxMedia media, Entities entities, bool done)
    {
        var address = done ? entities.At("/media/" + media.Id.ToString(CultureInfo.InvariantCulture)) : null;
        return new JsonObject
        {
            ["id"] = media.Id.ToString(CultureInfo.InvariantCulture),
            ["type"] = "image",
            ["url"] = address,
            ["preview_url"] = address,
            ["remote_url"] = null,
            ["meta"] = new JsonObject(),
            ["description"] = media.Description,
            ["blurhash"] = null,
        };
    }

    private static async Task<IResult> UploadAsync(HttpContext context, SandboxNetwork network, MediaFolder folder)
    {
        if (context.Account() is not { } account)
        {
            return Answers.Unauthorized;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MostBytes + 16384;
        }

        IFormFile? file;
        string? description;
        try
        {
            var form = await context.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = MostBytes + 16384 });
            (file, description) = (form.Files.GetFile("file"), form["description"].ToString());
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or BadHttpRequestException)
        {
            return Answers.Unprocessable("Error occurred while parsing request parameters");
        }

        if (file is null or { Length: 0 or > MostBytes } || !Types.Contains(file.ContentType, StringComparer.Ordinal))
        {
            return Answers.Unprocessable("Validation failed: File content type is invalid, or File file size must be less than 16 MB");
        }

        if (description.Length > LongestDescription)
        {
            return Answers.Unprocessable("Validation failed: Description is too long (maximum is 1500 characters)");
        }

        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes);
        var media = new SandboxMedia(network.NextMediaId(), account.Id, file.ContentType, description.Length == 0 ? null : description, (int)bytes.Length);
        await folder.WriteAsync(media.Id, bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
        await network.Upload(media);
        var done = media.Size < AtOnceBytes;
        return Answers.Ok(Entity(media, new Entities(network, context.Request), done), done ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }

    // The first question after a large file still finds it being worked through.
    private static IResult FindAsync(string id, HttpContext context, SandboxNetwork network)
    {
        if (context.Account() is not { } account)
        {
            return Answers.Unauthorized;
        }

        if (Find(network, id) is not { } media || !string.Equals(media.AccountId, account.Id, StringComparison.Ordinal))
        {
            return Answers.NotFound;
        }

        var done = media.Size < AtOnceBytes || !network.FirstAsked(media.Id);
        return Answers.Ok(Entity(media, new Entities(network, context.Request), done), done ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent);
    }

    private static SandboxMedia? Find(SandboxNetwork network, string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? network.Media(number) : null;
}
