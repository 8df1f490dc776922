namespace Coordination.Storage.Anchors;

/// <summary>The file of anchors: lines are added at its end and on the disk before the next, and none is ever written over.</summary>
/// <remarks>Each host has a file of its own. What a host wrote when it died in the middle is a line that cannot be read; the next anchor begins on a line of its own and names the last whole one.</remarks>
public sealed class AnchorFile(string path)
{
    private Anchor? _last;
    private bool _read;

    /// <summary>The last anchor in it; null when there is none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<Anchor?> LastAsync(CancellationToken cancellationToken)
    {
        if (!_read && File.Exists(path))
        {
            await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
            {
                _last = Anchor.Read(line) ?? _last;
            }
        }

        _read = true;
        return _last;
    }

    /// <summary>Adds anchors of what was read: none when nothing has grown.</summary>
    /// <returns>How many were added.</returns>
    /// <exception cref="IOException">They cannot be written.</exception>
    public async Task<int> AddAsync(DateTimeOffset at, DateTimeOffset through, IReadOnlyList<AnchorHead> heads, CancellationToken cancellationToken)
    {
        var last = await LastAsync(cancellationToken);
        var chunks = heads.Chunk(Anchor.MostHeads).ToArray();
        foreach (var (chunk, index) in chunks.Select((c, i) => (c, i)))
        {
            // Only the last of them has everything up to then.
            var anchor = new Anchor((_last?.Number ?? 0) + 1, at, index == chunks.Length - 1 ? through : last?.Through ?? DateTimeOffset.UnixEpoch, chunk, _last?.Sha256);
            await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read, Options = FileOptions.WriteThrough });
            var whole = file.Length == 0 || LastByte(file) == '\n';
            file.Seek(0, SeekOrigin.End);
            await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes((whole ? "" : "\n") + anchor.ToLine() + "\n"), cancellationToken);
            file.Flush(flushToDisk: true);
            _last = anchor;
        }

        return chunks.Length;
    }

    private static int LastByte(FileStream file)
    {
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte();
    }
}
