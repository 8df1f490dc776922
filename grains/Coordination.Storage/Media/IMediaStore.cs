namespace Coordination.Storage.Media;

/// <summary>The images that are kept, by the hash of their bytes.</summary>
public interface IMediaStore
{
    /// <summary>Keeps an image. One that is there already stays as it is.</summary>
    Task SaveAsync(StoredMedia media, string actorId, string actorName, CancellationToken cancellationToken);

    /// <summary>Reads one whole.</summary>
    /// <returns>Null when there is none of that name.</returns>
    Task<MediaFile?> ReadAsync(string hash, CancellationToken cancellationToken);

    /// <summary>Reads one's preview.</summary>
    /// <returns>Null when there is none of that name.</returns>
    Task<MediaFile?> ReadPreviewAsync(string hash, CancellationToken cancellationToken);

    /// <summary>How many images a person has uploaded lately.</summary>
    Task<int> CountSinceAsync(string uploaderId, TimeSpan since, CancellationToken cancellationToken);

    /// <summary>Says that these are wanted, so that none of them goes while a post with them is being kept.</summary>
    /// <returns>Those that are not there.</returns>
    Task<IReadOnlyList<string>> WantAsync(IReadOnlyCollection<string> hashes, CancellationToken cancellationToken);

    /// <summary>Takes out what no post and no draft has, and nobody has wanted for so long.</summary>
    /// <returns>How many went.</returns>
    Task<int> PurgeAsync(TimeSpan unwanted, int most, CancellationToken cancellationToken);
}

/// <summary>An image to keep.</summary>
/// <param name="Hash">SHA-256 of the bytes, in lower-case hexadecimal digits.</param>
/// <param name="ContentType"><c>image/jpeg</c> or <c>image/png</c>.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Preview">A small JPEG of it.</param>
public sealed record StoredMedia(string Hash, string ContentType, int Width, int Height, ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Preview);

/// <summary>A kept file.</summary>
/// <param name="ContentType">Its type.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Width">The whole image's width in pixels.</param>
/// <param name="Height">The whole image's height in pixels.</param>
public sealed record MediaFile(string ContentType, byte[] Bytes, int Width, int Height);
