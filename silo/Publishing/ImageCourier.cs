using System.Data.Common;
using Coordination.Connectors;
using Coordination.Domain.Accounts;
using Coordination.Domain.Media;
using Coordination.Domain.Posts;
using Coordination.Media;
using Coordination.Storage.Media;
using Coordination.Storage.Prepared;

namespace Coordination.Silo.Publishing;

/// <summary>Makes ready what a post needs at its platform ahead of its call: its images, its container, and its place in a thread. Nothing public comes of it, so it needs no permit.</summary>
internal sealed class ImageCourier(IMediaStore store, IPreparedStore prepared)
{
    /// <summary>Prepares the part that goes out next.</summary>
    /// <param name="account">Where and as whom.</param>
    /// <param name="connector">The platform.</param>
    /// <param name="key">The account: its platform's limits count, wherever it goes through.</param>
    /// <param name="post">The post.</param>
    /// <param name="again">Whether what became of an earlier call is not known.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<PrepareResult> PrepareAsync(
        ConnectorAccount account, IPlatformConnector connector, AccountKey key, Post post, bool again, CancellationToken cancellationToken)
    {
        // A change of what is out keeps its images.
        if (post.About is { InPlace: true })
        {
            return new PrepareResult.Ready(null);
        }

        try
        {
            var place = PlaceOf(post);
            var (images, refused) = place is null ? await ImagesAsync(key, post.About?.Images ?? [], cancellationToken) : ([], null);
            return refused ?? await connector.PrepareAsync(
                account, new PrepareRequest(post.TextOf(post.NextPart), images, place, HandlesOf(key, post, post.NextPart)) { Again = again }, cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or TimeoutException)
        {
            return new PrepareResult.NotReady($"{key}: what belongs to the post cannot be read or kept: the database does not answer.");
        }
    }

    /// <summary>What was prepared for a part of a post.</summary>
    public IPreparedHandles HandlesOf(AccountKey key, Post post, int part) => new KeptHandles(prepared, new PreparedPart(key, post.Id, part, post.Revision));

    /// <summary>What the part that goes out next answers; null for the first, which has the images.</summary>
    public static ThreadPlace? PlaceOf(Post post) => post.About?.PartsOut is [var first, ..] parts ? new ThreadPlace(first.RemoteId, parts[^1].RemoteId) : null;

    private async Task<(IReadOnlyList<OutboundImage> Images, PrepareResult.Refused? Refused)> ImagesAsync(
        AccountKey key, IReadOnlyList<PostImage> images, CancellationToken cancellationToken)
    {
        var limits = ImageLimits.Of(key.Platform);
        var sized = new List<OutboundImage>();
        foreach (var image in images)
        {
            if (await store.ReadAsync(image.Hash, cancellationToken) is not { } file)
            {
                return ([], new PrepareResult.Refused($"{key}: the image {image.Hash[..12]}… is not kept here any more, so the post did not go out without it."));
            }

            var (bytes, type) = await Rendition.FitAsync(
                file.Bytes, file.ContentType, Math.Max(file.Width, file.Height), limits.Bytes, limits.LongestSide, cancellationToken);
            sized.Add(new OutboundImage(bytes, type, file.Width, file.Height, image.Alt));
        }

        return (sized, null);
    }
}
