namespace Coordination.Connectors;

/// <summary>One image in the size that the platform takes.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Alt">What it shows, in words.</param>
public sealed record OutboundImage(ReadOnlyMemory<byte> Bytes, string ContentType, int Width, int Height, string Alt)
{
    /// <summary>Its size alone: what it says belongs in no log.</summary>
    public override string ToString() => $"image of {Bytes.Length} bytes";
}
