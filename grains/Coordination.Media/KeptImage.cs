using System.Security.Cryptography;

namespace Coordination.Media;

/// <summary>An image as it is kept and sent: drawn anew from its pixels, so that nothing else of the file it came in is left.</summary>
/// <param name="Hash">SHA-256 of <paramref name="Bytes"/>, 64 lower-case hexadecimal digits: its name.</param>
/// <param name="ContentType"><c>image/jpeg</c> or <c>image/png</c>.</param>
/// <param name="Width">In pixels, upright.</param>
/// <param name="Height">In pixels, upright.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Preview">A small JPEG of it, for lists.</param>
public sealed record KeptImage(string Hash, string ContentType, int Width, int Height, ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Preview)
{
    /// <summary>The name that bytes have here.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
