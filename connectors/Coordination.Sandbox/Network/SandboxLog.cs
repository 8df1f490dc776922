using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;

namespace Coordination.Sandbox.Network;

/// <summary>What stops a start, in words.</summary>
internal sealed class SandboxStartException(string message) : Exception(message);

/// <summary>An append-only file of JSON lines. A write is done when it is on the disk; writes that come together share one flush.</summary>
internal sealed class SandboxLog : IAsyncDisposable
{
    private readonly FileStream _file;
    private readonly Channel<Write> _queue = Channel.CreateUnbounded<Write>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _writer;

    private SandboxLog(FileStream file)
    {
        _file = file;
        _writer = Task.Run(WriteAllAsync);
    }

    /// <summary>Completes when the log can no longer be written.</summary>
    public Task Failed => _failed.Task;

    /// <summary>Opens the log and gives back what it holds. A last line that a crash cut short was never answered for, and is cut off.</summary>
    public static SandboxLog Open(string folder, out IReadOnlyList<LogEntry> entries)
    {
        var path = Path.Combine(folder, "sandbox.log");
        try
        {
            Directory.CreateDirectory(folder);
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            try
            {
                entries = Read(file, path);
                return new SandboxLog(file);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SandboxStartException($"The sandbox cannot use {path}: {e.Message}");
        }
    }

    /// <summary>Appends one entry.</summary>
    /// <returns>Completes when it is on the disk; fails when it could not be put there.</returns>
    public Task AppendAsync(LogEntry entry)
    {
        var write = new Write(
            [.. JsonSerializer.SerializeToUtf8Bytes(entry, LogJson.Default.LogEntry), (byte)'\n'],
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_queue.Writer.TryWrite(write))
        {
            write.Done.SetException(new IOException("The sandbox's log is closed."));
        }

        return write.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writer;
        await _file.DisposeAsync();
    }

    private static List<LogEntry> Read(FileStream file, string path)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var entries = new List<LogEntry>();
        var start = 0;
        int length;
        while ((length = bytes.AsSpan(start).IndexOf((byte)'\n')) >= 0)
        {
            try
            {
                entries.Add(JsonSerializer.Deserialize(bytes.AsSpan(start, length), LogJson.Default.LogEntry)!);
            }
            catch (JsonException e)
            {
                throw new SandboxStartException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Line {entries.Count + 1} of {path} is damaged ({e.Message}). Move the file away to start with an empty sandbox."));
            }

            start += length + 1;
        }

        file.SetLength(start);
        file.Position = start;
        return entries;
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<Write>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (_queue.Reader.TryRead(out var write))
            {
                batch.Add(write);
            }

            try
            {
                foreach (var write in batch)
                {
                    _file.Write(write.Line);
                }

                _file.Flush(flushToDisk: true);
                batch.ForEach(w => w.Done.SetResult());
            }
            catch (IOException e)
            {
                // What is in memory is now ahead of the file: stop, so that a restart shows what is true.
                await Console.Error.WriteLineAsync($"The sandbox's log cannot be written, so it stops: {e.Message}");
                batch.ForEach(w => w.Done.SetException(e));
                _queue.Writer.TryComplete();
                _failed.TrySetResult();
            }
        }
    }

    private sealed record Write(byte[] Line, TaskCompletionSource Done);
}
