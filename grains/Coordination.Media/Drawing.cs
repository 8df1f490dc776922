using SkiaSharp;

namespace Coordination.Media;

/// <summary>Draws pictures anew.</summary>
internal static class Drawing
{
    private static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>The picture as it is looked at, made smaller when a side is longer than is wanted.</summary>
    /// <param name="picture">The picture as its file has it.</param>
    /// <param name="origin">How the camera was held.</param>
    /// <param name="longestSide">In pixels.</param>
    public static SKBitmap Upright(SKBitmap picture, SKEncodedOrigin origin, int longestSide)
    {
        var lying = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var scale = Math.Min(1f, (float)longestSide / Math.Max(picture.Width, picture.Height));
        var (wide, high) = (Scaled(picture.Width, scale), Scaled(picture.Height, scale));
        var drawn = new SKBitmap(new SKImageInfo(lying ? high : wide, lying ? wide : high, picture.ColorType, picture.AlphaType, picture.ColorSpace));
        using var canvas = new SKCanvas(drawn);
        canvas.Clear(SKColors.Transparent);
        canvas.SetMatrix(Turn(origin, wide, high));
        using var image = SKImage.FromBitmap(picture);
        canvas.DrawImage(image, SKRect.Create(wide, high), Smooth);
        return drawn;
    }

    /// <summary>Whether nothing shines through.</summary>
    public static bool IsOpaque(SKBitmap picture)
    {
        var pixels = picture.GetPixelSpan();
        for (var alpha = 3; alpha < pixels.Length; alpha += 4)
        {
            if (pixels[alpha] != byte.MaxValue)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>As PNG.</summary>
    public static byte[] Png(SKBitmap picture) => Encode(picture, SKEncodedImageFormat.Png, 100);

    /// <summary>As JPEG; what shines through becomes white.</summary>
    public static byte[] Jpeg(SKBitmap picture, int quality)
    {
        using var flat = new SKBitmap(new SKImageInfo(picture.Width, picture.Height, picture.ColorType, SKAlphaType.Opaque, picture.ColorSpace));
        using var canvas = new SKCanvas(flat);
        canvas.Clear(SKColors.White);
        using var image = SKImage.FromBitmap(picture);
        canvas.DrawImage(image, 0, 0, Smooth);
        canvas.Flush();
        return Encode(flat, SKEncodedImageFormat.Jpeg, quality);
    }

    private static byte[] Encode(SKBitmap picture, SKEncodedImageFormat format, int quality)
    {
        using var data = picture.Encode(format, quality) ?? throw new InvalidOperationException($"A picture of {picture.Width} x {picture.Height} pixels could not be written as {format}.");
        return data.ToArray();
    }

    private static int Scaled(int side, float scale) => Math.Max(1, (int)MathF.Round(side * scale));

    // EXIF 2.32, tag Orientation: where the first row and the first column of the stored picture are when it is looked at.
    private static SKMatrix Turn(SKEncodedOrigin origin, float wide, float high) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, wide, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, wide, 0, -1, high, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, high, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, high, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, high, -1, 0, wide, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, wide, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
