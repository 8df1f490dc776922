using System.Buffers;

namespace Coordination.Storage.Exports;

/// <summary>Reads lines of bytes that end with a line feed, each at most <see cref="ExportLimits.LineBytes"/> long.</summary>
internal sealed class LineReader(Stream stream, string name) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _start;
    private int _end;
    private bool _over;

    /// <summary>Number of the line that was read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The next line without its end; null when there is none. It stands until the next one is read.</summary>
    /// <exception cref="ExportUnreadableException">A line is longer than any entry's, or the last one has no end.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancellationToken)
    {
        for (var from = 0; ;)
        {
            var at = _buffer.AsSpan(_start + from, _end - _start - from).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var line = _buffer.AsMemory(_start, from + at);
                _start += from + at + 1;
                Number++;
                return line;
            }

            from = _end - _start;
            if (_over)
            {
                return from == 0 ? null : throw new ExportUnreadableException($"{name} breaks off in line {Number + 1}.");
            }

            await FillAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        var kept = _end - _start;
        if (kept > ExportLimits.LineBytes)
        {
            throw new ExportUnreadableException(FormattableString.Invariant($"Line {Number + 1} of {name} is longer than {ExportLimits.LineBytes / 1024 / 1024} MB, which no entry is. It was not read on."));
        }

        var room = kept < _buffer.Length / 2 ? _buffer : ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(_start, kept).CopyTo(room);
        if (room != _buffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = room;
        }

        (_start, _end) = (0, kept);
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        (_end, _over) = (_end + read, read == 0);
    }
}
