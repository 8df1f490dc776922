using SkiaSharp;

namespace Coordination.Media;

/// <summary>Reads a file that may be anything, and makes of its pixels the image that is kept.</summary>
/// <remarks>
/// Where it was taken, by whom, with what: nothing of that survives, nor anything hidden behind the picture, because the kept file is
/// drawn anew. Sizes are looked at before anything is unpacked, and few are unpacked at once.
/// </remarks>
public static class ImageReader
{
    /// <summary>Largest file, in bytes.</summary>
    public const int MostBytes = 20 * 1024 * 1024;

    /// <summary>Most pixels of a picture that is unpacked: 200 MB of memory.</summary>
    public const long MostPixels = 50_000_000;

    /// <summary>Smallest side that makes sense, in pixels.</summary>
    public const int LeastSide = 16;

    /// <summary>Longest side of what is kept, in pixels: no platform shows more.</summary>
    public const int LongestSide = 4096;

    private const int PreviewSide = 480;

    // A drawing or a screenshot stays sharp as PNG; one that is larger than this is a photograph by nature.
    private const int LargestPng = 3_000_000;

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its bytes, at most <see cref="MostBytes"/>.</param>
    /// <param name="cancellationToken">Ends the waiting for a turn.</param>
    public static async Task<ImageReading> ReadAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        if (file.Length > MostBytes)
        {
            return TooLarge;
        }

        return await Turn.RunAsync(() => Read(file.Span), cancellationToken);
    }

    /// <summary>The answer to a file that is larger than any that is taken.</summary>
    public static ImageReading TooLarge { get; } = ImageReading.Refused(
        "image-too-large", $"The file is larger than {MostBytes / (1024 * 1024)} MB. Nothing was kept. Save it smaller: no platform shows more than {LongestSide} pixels a side.");

    private static ImageReading Read(ReadOnlySpan<byte> file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat is not (SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp or SKEncodedImageFormat.Gif))
        {
            return ImageReading.Refused("image-unreadable", $"{ImageKind.WhyNot(file)} Nothing was kept.");
        }

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > MostPixels)
        {
            return ImageReading.Refused("image-too-many-pixels", $"The picture has {width} × {height} pixels; {MostPixels / 1_000_000} million fit. It was not unpacked, and nothing was kept. Save it smaller.");
        }

        if (Math.Min(width, height) < LeastSide)
        {
            return ImageReading.Refused("image-too-small", $"The picture has {width} × {height} pixels; nobody would see it. Nothing was kept.");
        }

        if (codec.FrameCount > 1)
        {
            return ImageReading.Refused("image-moves", "The picture moves, and would be still when it goes out. Nothing was kept. Choose a still one.");
        }

        // In the one colour space that every screen takes: the file's own profile goes with the rest of it.
        using var colours = SKColorSpace.CreateSrgb();
        using var pixels = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul, colours));
        if (codec.GetPixels(pixels.Info, pixels.GetPixels()) != SKCodecResult.Success)
        {
            return ImageReading.Refused("image-damaged", "The picture is damaged: a part of it is missing. Nothing was kept. Choose the original file.");
        }

        using var upright = Drawing.Upright(pixels, codec.EncodedOrigin, LongestSide);
        var (bytes, type) = Encode(upright, codec.EncodedFormat is SKEncodedImageFormat.Png or SKEncodedImageFormat.Gif);
        using var small = Drawing.Upright(upright, SKEncodedOrigin.TopLeft, PreviewSide);
        return new ImageReading(new KeptImage(KeptImage.HashOf(bytes), type, upright.Width, upright.Height, bytes, Drawing.Jpeg(small, 80)), null, null);
    }

    private static (byte[] Bytes, string Type) Encode(SKBitmap picture, bool drawn)
    {
        var seeThrough = !Drawing.IsOpaque(picture);
        if (drawn || seeThrough)
        {
            var png = Drawing.Png(picture);
            if (seeThrough || png.Length <= LargestPng)
            {
                return (png, "image/png");
            }
        }

        return (Drawing.Jpeg(picture, 90), "image/jpeg");
    }
}
