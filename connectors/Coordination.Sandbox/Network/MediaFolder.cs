using System.Globalization;

namespace Coordination.Sandbox.Network;

/// <summary>The uploaded files.</summary>
internal sealed class MediaFolder(SandboxOptions options)
{
    /// <summary>Writes one to the disk.</summary>
    public async Task WriteAsync(long id, ReadOnlyMemory<byte> bytes)
    {
        Directory.CreateDirectory(Folder);
        await using var file = new FileStream(PathOf(id), FileMode.Create, FileAccess.Write, FileShare.None);
        await file.WriteAsync(bytes);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Where one lies.</summary>
    public string PathOf(long id) => Path.Combine(Folder, id.ToString(CultureInfo.InvariantCulture));

    private string Folder => Path.GetFullPath(Path.Combine(options.DataFolder, "media"));
}
