using SkiaSharp;

namespace Coordination.Media;

/// <summary>A kept image in the size that a platform takes.</summary>
public static class Rendition
{
    private static readonly int[] Qualities = [88, 80, 70, 60];

    /// <summary>The image itself where it fits, else a smaller one of the same picture: first coarser, then with fewer pixels.</summary>
    /// <param name="bytes">A kept image's bytes.</param>
    /// <param name="contentType">Their type.</param>
    /// <param name="side">Its own longest side, in pixels.</param>
    /// <param name="most">How many bytes the platform takes.</param>
    /// <param name="longestSide">How many pixels a side.</param>
    /// <param name="cancellationToken">Ends the waiting for a turn.</param>
    public static async Task<(byte[] Bytes, string ContentType)> FitAsync(
        byte[] bytes, string contentType, int side, int most, int longestSide, CancellationToken cancellationToken) =>
        bytes.Length <= most && side <= longestSide
            ? (bytes, contentType)
            : (await Turn.RunAsync(() => Smaller(bytes, most, longestSide), cancellationToken), "image/jpeg");

    private static byte[] Smaller(byte[] bytes, int most, int longestSide)
    {
        using var picture = SKBitmap.Decode(bytes) ?? throw new InvalidDataException("A kept image cannot be read.");
        for (var side = longestSide; ; side = side * 3 / 4)
        {
            using var smaller = Drawing.Upright(picture, SKEncodedOrigin.TopLeft, side);
            foreach (var quality in Qualities)
            {
                var coarser = Drawing.Jpeg(smaller, quality);
                if (coarser.Length <= most || side < ImageReader.LeastSide)
                {
                    return coarser;
                }
            }
        }
    }
}
