using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Coordination.Testing;

/// <summary>Writes PNG files chunk by chunk (PNG 1.2), good ones and others.</summary>
public static class PngFile
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A square of one grey.</summary>
    /// <param name="side">In pixels.</param>
    /// <param name="shade">How light.</param>
    public static byte[] Square(int side, byte shade)
    {
        // Each row begins with its filter: none.
        var rows = new byte[side * (side + 1)];
        for (var y = 0; y < side; y++)
        {
            rows.AsSpan((y * (side + 1)) + 1, side).Fill(shade);
        }

        return Of(side, side, 0, rows);
    }

    /// <summary>A file that says it has so many pixels, and holds these.</summary>
    /// <param name="width">What it says.</param>
    /// <param name="height">What it says.</param>
    /// <param name="colours">0 for greys, 2 for red, green and blue.</param>
    /// <param name="rows">What it unpacks to.</param>
    public static byte[] Of(int width, int height, byte colours, byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, colours);
        return [.. Signature, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>One chunk.</summary>
    public static byte[] Chunk(string name, ReadOnlySpan<byte> content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. content];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        var crc = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc(named));
        return [.. length, .. named, .. crc];
    }

    // PNG 1.2, appendix D.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            }
        }

        return ~crc;
    }
}
