using Coordination.Dashboard.Desks;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.Media;
using Coordination.Domain.People;
using Coordination.Media;
using Coordination.Storage.Media;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/media</c>: images, by the hash of their bytes.</summary>
public static class MediaApi
{
    // A phone on a bad line has its minute.
    private static readonly TimeSpan UploadTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Maps the routes.</summary>
    public static void MapMedia(this IEndpointRouteBuilder api)
    {
        api.MapPost("/media", UploadAsync).RequirePermission(Permission.PublishLocal, Permission.PublishCorporate)
            .Accepts<byte[]>("image/jpeg", "image/png", "image/webp", "image/gif", "application/octet-stream")
            .WithMetadata(new RequestSizeLimitAttribute(ImageReader.MostBytes + 1))
            .WithSummary("Uploads an image, as the request's body: JPEG, PNG, WebP or a still GIF, at most 20 MB and 50 million pixels. What it is counts, not what it is called. It is drawn anew: no place, no camera, nothing hidden is kept. Repeating it is safe.")
            .Produces<MediaDto>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .WithRequestTimeout(new RequestTimeoutPolicy { Timeout = UploadTimeout, TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable });
        api.MapGet("/media/{hash}", (string hash, HttpContext context, IMediaStore store, CancellationToken cancellationToken) => FindAsync(hash, store.ReadAsync, context, cancellationToken))
            .RequirePermission(Permission.Read).WithSummary("An image as it is kept.")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg", additionalContentTypes: "image/png").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/media/{hash}/preview", (string hash, HttpContext context, IMediaStore store, CancellationToken cancellationToken) => FindAsync(hash, store.ReadPreviewAsync, context, cancellationToken))
            .RequirePermission(Permission.Read).WithSummary("A small JPEG of an image.")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> UploadAsync(HttpContext context, IMediaDesk desk, CancellationToken cancellationToken)
    {
        var answer = await desk.UploadAsync(context.Request.Body, context.User.Actor(), cancellationToken);
        return answer switch
        {
            { Refusal: { Code: "image-too-large" } large } => Problems.Of(StatusCodes.Status413PayloadTooLarge, large.Code, large.Reason),
            { Refusal: { } why } => Problems.Of(why),
            { Image: { } image } => TypedResults.Created(MediaDto.AddressOf(image.Hash), MediaDto.Of(image)),
            _ => throw new InvalidOperationException("An image was neither kept nor refused."),
        };
    }

    private static async Task<IResult> FindAsync(
        string hash, Func<string, CancellationToken, Task<MediaFile?>> read, HttpContext context, CancellationToken cancellationToken)
    {
        if (!ImageRules.IsHash(hash) || await read(hash, cancellationToken) is not { } file)
        {
            return Problems.Of(new Refusal("image-unknown", "There is no image of that name. It may have been taken out because no post and no draft shows it.", RefusalKind.NotFound));
        }

        // A name is of these bytes for ever. A browser shows them as a picture or not at all.
        var headers = context.Response.Headers;
        headers.CacheControl = "private, max-age=31536000, immutable";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.File(file.Bytes, file.ContentType, entityTag: new EntityTagHeaderValue($"\"{hash}\""));
    }
}

/// <summary>A kept image.</summary>
/// <param name="Hash">SHA-256 of its bytes: its name in a post.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Url">Where it is.</param>
public sealed record MediaDto(string Hash, string ContentType, int Width, int Height, int Size, string Url)
{
    /// <summary>Where an image is.</summary>
    public static string AddressOf(string hash) => $"/api/media/{hash}";

    /// <summary>Makes it.</summary>
    public static MediaDto Of(UploadedImage image) => new(image.Hash, image.ContentType, image.Width, image.Height, image.Size, AddressOf(image.Hash));
}
