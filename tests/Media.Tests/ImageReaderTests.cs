using System.Text;
using SkiaSharp;
using Xunit;

namespace Coordination.Media.Tests;

/// <summary>What is made of a file that somebody gives as an image.</summary>
public sealed class ImageReaderTests
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg, "image/jpeg")]
    [InlineData(SKEncodedImageFormat.Png, "image/png")]
    [InlineData(SKEncodedImageFormat.Webp, "image/jpeg")]
    public async Task Read_KeepsAPicture_ByWhatItIs(SKEncodedImageFormat format, string type)
    {
        var image = (await ImageReader.ReadAsync(Files.Encoded(format), None)).Image!;

        Assert.Equal((type, 120, 80), (image.ContentType, image.Width, image.Height));
        Assert.Equal(KeptImage.HashOf(image.Bytes.Span), image.Hash);
        using var preview = SKBitmap.Decode(image.Preview.Span);
        Assert.Equal((120, 80), (preview.Width, preview.Height));
        Assert.Equal(image.Hash, (await ImageReader.ReadAsync(Files.Encoded(format), None)).Image!.Hash);
    }

    // Where the stored picture's corners are when it is looked at, from the top left in reading order: EXIF 2.32, tag 0x0112.
    [Theory]
    [InlineData(1, "0123")]
    [InlineData(2, "1032")]
    [InlineData(3, "3210")]
    [InlineData(4, "2301")]
    [InlineData(5, "0213")]
    [InlineData(6, "2031")]
    [InlineData(7, "3120")]
    [InlineData(8, "1302")]
    public async Task Read_TurnsAPhotoUpright_AndForgetsWhereItWasTaken(int orientation, string corners)
    {
        var image = (await ImageReader.ReadAsync(Files.Photo((ushort)orientation), None)).Image!;

        using var picture = SKBitmap.Decode(image.Bytes.Span);
        Assert.Equal(orientation < 5 ? (120, 80) : (80, 120), (picture.Width, picture.Height));
        Assert.Equal((picture.Width, picture.Height), (image.Width, image.Height));
        Assert.Equal(corners, string.Concat(Corners(picture)));
        NothingElse(image.Bytes.Span, "Exif", "hidden behind");
        NothingElse(image.Preview.Span, "Exif", "hidden behind");
    }

    [Fact]
    public async Task Read_ForgetsWhatAPngSays_AndWhatIsBehindIt()
    {
        var image = (await ImageReader.ReadAsync(Files.ChattyPng(), None)).Image!;

        Assert.Equal("image/png", image.ContentType);
        NothingElse(image.Bytes.Span, "victim", "eXIf", "tEXt", "script");
    }

    [Fact]
    public async Task Read_MakesWhatIsTooLargeSmaller()
    {
        var image = (await ImageReader.ReadAsync(Files.Encoded(SKEncodedImageFormat.Jpeg, 6000, 3000), None)).Image!;

        Assert.Equal((4096, 2048), (image.Width, image.Height));
        using var preview = SKBitmap.Decode(image.Preview.Span);
        Assert.Equal((480, 240), (preview.Width, preview.Height));
    }

    [Fact]
    public async Task Read_KeepsWhatShinesThrough()
    {
        using var picture = new SKBitmap(new SKImageInfo(64, 64, SKColorType.Rgba8888, SKAlphaType.Premul));
        picture.Erase(SKColors.Transparent);
        using var data = picture.Encode(SKEncodedImageFormat.Png, 100);

        var image = (await ImageReader.ReadAsync(data.ToArray(), None)).Image!;

        using var kept = SKBitmap.Decode(image.Bytes.Span);
        Assert.Equal(("image/png", (byte)0), (image.ContentType, kept.GetPixel(5, 5).Alpha));
    }

    public static TheoryData<string, string, string> Unfit => new()
    {
        { "svg", "image-unreadable", "SVG" },
        { "svg with a declaration", "image-unreadable", "SVG" },
        { "page", "image-unreadable", "no picture" },
        { "program", "image-unreadable", "no picture" },
        { "nothing", "image-unreadable", "no picture" },
        { "pdf", "image-unreadable", "PDF" },
        { "heic", "image-unreadable", "HEIC" },
        { "film", "image-unreadable", "film" },
        { "bomb", "image-too-many-pixels", "not unpacked" },
        { "bomb by one side", "image-too-many-pixels", "not unpacked" },
        { "moving", "image-moves", "moves" },
        { "tiny", "image-too-small", "8 × 8" },
        { "cut short", "image-damaged", "damaged" },
        { "50 MB", "image-too-large", "20 MB" },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task Read_SaysWhyAFileIsNotTaken(string what, string code, string says)
    {
        byte[] file = what switch
        {
            "svg" => "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"u8.ToArray(),
            "svg with a declaration" => "\u00EF\u00BB\u00BF<?xml version='1.0'?><!DOCTYPE svg><svg/>"u8.ToArray(),
            "page" => "<html><body><img src=x onerror=alert(1)></body></html>"u8.ToArray(),
            "program" => [.. "MZ"u8, .. new byte[500]],
            "nothing" => [],
            "pdf" => "%PDF-1.7"u8.ToArray(),
            "heic" => [0, 0, 0, 24, .. "ftypheic"u8, .. new byte[100]],
            "film" => [0, 0, 0, 24, .. "ftypisom"u8, .. new byte[100]],
            "bomb" => Files.Bomb(30_000, 30_000),
            "bomb by one side" => Files.Bomb(1_000_000, 51),
            "moving" => Files.MovingGif(),
            "tiny" => Files.Encoded(SKEncodedImageFormat.Png, 8, 8),
            "cut short" => Files.Noise(300)[..20_000],
            _ => new byte[50 * 1024 * 1024],
        };

        var reading = await ImageReader.ReadAsync(file, None);

        Assert.Null(reading.Image);
        Assert.Equal(code, reading.Code);
        Assert.Contains(says, reading.Refusal, StringComparison.Ordinal);
        Assert.Contains("othing was kept", reading.Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000_000, 4000)]
    [InlineData(100_000, 4000)]
    [InlineData(5_000_000, 1000)]
    public async Task Fit_IsWithinWhatThePlatformTakes(int most, int side)
    {
        var file = Files.Noise(1600);
        Assert.True(file.Length > 1_000_000);

        var (bytes, type) = await Rendition.FitAsync(file, "image/jpeg", 1600, most, side, None);

        Assert.InRange(bytes.Length, 1, most);
        using var picture = SKBitmap.Decode(bytes);
        Assert.True(Math.Max(picture.Width, picture.Height) <= side);
        Assert.Equal("image/jpeg", type);
    }

    [Fact]
    public async Task Fit_LeavesAloneWhatFits()
    {
        var file = Files.Encoded(SKEncodedImageFormat.Png);
        Assert.Equal((file, "image/png"), await Rendition.FitAsync(file, "image/png", 120, 1_000_000, 4000, None));
    }

    private static IEnumerable<int> Corners(SKBitmap picture) =>
        from y in new[] { 10, picture.Height - 10 }
        from x in new[] { 10, picture.Width - 10 }
        let seen = picture.GetPixel(x, y)
        select Array.FindIndex(Files.Corners, c => Math.Abs(c.Red - seen.Red) + Math.Abs(c.Green - seen.Green) + Math.Abs(c.Blue - seen.Blue) < 90);

    private static void NothingElse(ReadOnlySpan<byte> file, params string[] words)
    {
        var text = Encoding.Latin1.GetString(file);
        Assert.All(words, word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
    }
}
