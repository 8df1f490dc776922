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

    /// <summary>Writes a piece of one to the disk.</summary>
    public async Task WritePieceAsync(long id, int index, ReadOnlyMemory<byte> bytes)
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllBytesAsync(PieceOf(id, index), bytes);
    }

    /// <summary>Makes the whole of its pieces, in order.</summary>
    public async Task JoinAsync(long id, IEnumerable<int> pieces)
    {
        using var whole = new MemoryStream();
        foreach (var index in pieces)
        {
            whole.Write(await File.ReadAllBytesAsync(PieceOf(id, index)));
        }

        await WriteAsync(id, whole.ToArray());
    }

    private string PieceOf(long id, int index) => PathOf(id) + string.Create(CultureInfo.InvariantCulture, $".{index}");

    /// <summary>Where one lies.</summary>
    public string PathOf(long id) => Path.Combine(Folder, id.ToString(CultureInfo.InvariantCulture));

    private string Folder => Path.GetFullPath(Path.Combine(options.DataFolder, "media"));
}
