using Coordination.Testing;
using SkiaSharp;

namespace Coordination.Media.Tests;

/// <summary>Image files as people, cameras and attackers make them.</summary>
internal static class Files
{
    public static readonly SKColor[] Corners = [SKColors.Red, SKColors.Lime, SKColors.Blue, SKColors.Black];

    /// <summary>A picture whose corners differ: red, green, blue, black, from the top left in reading order.</summary>
    public static SKBitmap Picture(int width = 120, int height = 80)
    {
        var picture = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var canvas = new SKCanvas(picture);
        using var paint = new SKPaint();
        foreach (var (index, colour) in Corners.Index())
        {
            paint.Color = colour;
            canvas.DrawRect(index % 2 * width / 2, index / 2 * height / 2, (width + 1) / 2, (height + 1) / 2, paint);
        }

        return picture;
    }

    public static byte[] Encoded(SKEncodedImageFormat format, int width = 120, int height = 80)
    {
        using var picture = Picture(width, height);
        using var data = picture.Encode(format, 95);
        return data.ToArray();
    }

    /// <summary>A photo as a phone makes it: how it was held, and where it was taken.</summary>
    public static byte[] Photo(ushort orientation)
    {
        var jpeg = Encoded(SKEncodedImageFormat.Jpeg);
        var exif = Exif(orientation);
        byte[] segment = [0xFF, 0xE1, (byte)((exif.Length + 2) >> 8), (byte)(exif.Length + 2), .. exif];
        return [.. jpeg[..2], .. segment, .. jpeg[2..], .. "hidden behind the picture"u8];
    }

    /// <summary>A PNG with words in it, a place, and a program behind its end.</summary>
    public static byte[] ChattyPng()
    {
        var png = Encoded(SKEncodedImageFormat.Png);
        var end = png.Length - 12;
        return [.. png[..end], .. PngFile.Chunk("tEXt", "Comment\0taken at the victim's home"u8), .. PngFile.Chunk("eXIf", Exif(1).AsSpan(6)), .. png[end..], .. "PK<script>alert(1)</script>"u8];
    }

    /// <summary>A few bytes that unpack to more than any memory.</summary>
    public static byte[] Bomb(int width, int height) => PngFile.Of(width, height, colours: 2, new byte[100_000]);

    /// <summary>Two frames of one pixel's colour each.</summary>
    public static byte[] MovingGif()
    {
        byte[] frame = [0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, 32, 0, 32, 0, 0, 2, 5, 0x84, 0x8F, 0xA9, 0xCB, 0x5D, 0];
        return [.. "GIF89a"u8, 32, 0, 32, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, .. frame, .. frame, 0x3B];
    }

    public static byte[] Noise(int side)
    {
        using var picture = new SKBitmap(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var random = new Random(7);
#pragma warning disable CA5394 // The same noise each time.
        random.NextBytes(picture.GetPixelSpan());
#pragma warning restore CA5394
        using var data = picture.Encode(SKEncodedImageFormat.Jpeg, 100);
        return data.ToArray();
    }

    // TIFF, little-endian: orientation, and a place (52.48 N, 1.89 W) in the GPS directory.
    private static byte[] Exif(ushort orientation)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write("Exif\0\0II"u8);
        writer.Write((ushort)42);
        writer.Write(8);
        writer.Write((ushort)2);
        Entry(0x0112, 3, 1, orientation);
        Entry(0x8825, 4, 1, 38);
        writer.Write(0);
        writer.Write((ushort)2);
        Entry(1, 2, 2, 'N');
        Entry(2, 5, 3, 68);
        writer.Write(0);
        foreach (var number in new[] { 52, 1, 28, 1, 48, 1 })
        {
            writer.Write(number);
        }

        return bytes.ToArray();

        void Entry(ushort tag, ushort type, int count, int value)
        {
            writer.Write(tag);
            writer.Write(type);
            writer.Write(count);
            writer.Write(value);
        }
    }
}
