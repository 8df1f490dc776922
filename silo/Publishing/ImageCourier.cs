using System.Data.Common;
using Coordination.Connectors;
using Coordination.Domain.Accounts;
using Coordination.Domain.Media;
using Coordination.Domain.Posts;
using Coordination.Media;
using Coordination.Storage.Media;

namespace Coordination.Silo.Publishing;

/// <summary>Makes ready what a post needs at its platform ahead of its call: its images, and its place in a thread. Nothing public comes of it, so it needs no permit.</summary>
internal sealed class ImageCourier(IMediaStore store)
{
    /// <summary>Prepares the part that goes out next.</summary>
    /// <param name="account">Where and as whom.</param>
    /// <param name="connector">The platform.</param>
    /// <param name="key">The account: its platform's limits count, wherever it goes through.</param>
    /// <param name="post">The post.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<PrepareResult> PrepareAsync(
        ConnectorAccount account, IPlatformConnector connector, AccountKey key, Post post, CancellationToken cancellationToken)
    {
        if (PlaceOf(post) is { } place)
        {
            return await connector.PrepareAsync(account, [], place, cancellationToken);
        }

        if (post.About is not { Images: { Count: > 0 } images })
        {
            return new PrepareResult.Ready(null);
        }

        var limits = ImageLimits.Of(key.Platform);
        var sized = new List<OutboundImage>();
        foreach (var image in images)
        {
            MediaFile? file;
            try
            {
                file = await store.ReadAsync(image.Hash, cancellationToken);
            }
            catch (Exception exception) when (exception is DbException or TimeoutException)
            {
                return new PrepareResult.NotReady($"{key}: an image cannot be read: the database does not answer.");
            }

            if (file is null)
            {
                return new PrepareResult.Refused($"{key}: the image {image.Hash[..12]}… is not kept here any more, so the post did not go out without it.");
            }

            var (bytes, type) = await Rendition.FitAsync(
                file.Bytes, file.ContentType, Math.Max(file.Width, file.Height), limits.Bytes, limits.LongestSide, cancellationToken);
            sized.Add(new OutboundImage(bytes, type, file.Width, file.Height, image.Alt));
        }

        return await connector.PrepareAsync(account, sized, null, cancellationToken);
    }

    /// <summary>What the part that goes out next answers; null for the first, which has the images.</summary>
    public static ThreadPlace? PlaceOf(Post post) => post.About?.PartsOut is [var first, ..] parts ? new ThreadPlace(first.RemoteId, parts[^1].RemoteId) : null;
}
