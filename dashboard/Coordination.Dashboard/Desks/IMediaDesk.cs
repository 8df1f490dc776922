using Coordination.Domain;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Desks;

/// <summary>What became of an upload.</summary>
/// <param name="Image">The image as it is kept; null when it was refused.</param>
/// <param name="Refusal">Why it was refused; null when it was not.</param>
public sealed record UploadAnswer(UploadedImage? Image, Refusal? Refusal);

/// <summary>A kept image.</summary>
/// <param name="Hash">Its name.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Size">In bytes.</param>
public sealed record UploadedImage(string Hash, string ContentType, int Width, int Height, int Size);

/// <summary>Where images come in, by pages and API alike.</summary>
public interface IMediaDesk
{
    /// <summary>Reads a file that may be anything, and keeps the image that is in it. Repeating it is safe.</summary>
    /// <param name="file">The file; no more than its limit is read.</param>
    /// <param name="actor">Who uploads it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<UploadAnswer> UploadAsync(Stream file, Actor actor, CancellationToken cancellationToken);
}
