using Microsoft.Extensions.Logging;

namespace Coordination.Storage.Embedded;

/// <summary>
/// Starts the server again when it died (killed by the system for memory, say) or gave up (its disk was full). A server that
/// was stopped in good order closed its database; that one is left alone.
/// </summary>
internal sealed partial class CrashWatch : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly DataFolder _folder;
    private readonly ServerControl _control;
    private readonly int _port;
    private readonly ILogger _logger;
    private readonly Task _work;
    private bool _mustStart;
    private bool _stoppedInOrder;
    private string? _lastReason;
    private bool _disposed;

    private CrashWatch(DataFolder folder, ServerControl control, int port, ILogger logger)
    {
        (_folder, _control, _port, _logger) = (folder, control, port, logger);
        _work = Task.Run(WatchAsync);
    }

    /// <summary>Begins to watch; the server is started again on <paramref name="port"/>, so that connection strings stay right.</summary>
    public static CrashWatch Begin(DataFolder folder, ServerControl control, int port, ILogger logger) =>
        new(folder, control, port, logger);

    /// <summary>Ends the watch; returns when no start is under way any more.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Pause);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                if (await HasDiedAsync())
                {
                    await RestartAsync();
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    // The last processes of a dead server end within moments; until then a new one would be refused. A server that was killed
    // leaves its file behind; one that gives up, and a failed start, take it away as a good stop does.
    private async Task<bool> HasDiedAsync()
    {
        if (Postmaster.ProcessesIn(_folder.Database).Count > 0)
        {
            _stoppedInOrder = false;
            return false;
        }

        if (_mustStart || File.Exists(Postmaster.PathIn(_folder.Database)))
        {
            return true;
        }

        _stoppedInOrder = _stoppedInOrder || await WasStoppedInOrderAsync();
        return !_stoppedInOrder;
    }

    private async Task<bool> WasStoppedInOrderAsync()
    {
        try
        {
            return await _control.WasShutDownAsync(_stop.Token);
        }
        catch (Exception e) when (e is EmbeddedPostgresException or TimeoutException)
        {
            return true; // Nobody knows: a server that somebody may have stopped is left alone.
        }
    }

    private async Task RestartAsync()
    {
        try
        {
            if (!_mustStart)
            {
                _mustStart = true;
                LogDied(_logger, _folder.Path);
            }

            File.Delete(Postmaster.PathIn(_folder.Database));
            // Not cut short by a stop of the service: a server half started would be left behind.
            await _control.StartAsync(_port, CancellationToken.None);
            (_mustStart, _lastReason) = (false, null);
            LogRestarted(_logger, _folder.Path, _port);
        }
        catch (Exception e) when (e is EmbeddedPostgresException or IOException or UnauthorizedAccessException)
        {
            if (!string.Equals(e.Message, _lastReason, StringComparison.Ordinal))
            {
                _lastReason = e.Message;
                LogRestartFailed(_logger, e.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error,
        Message = "PostgreSQL in {Folder} died; it is started again. Nothing is published meanwhile, and nothing that was saved is lost")]
    private static partial void LogDied(ILogger logger, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL in {Folder} runs again on port {Port}")]
    private static partial void LogRestarted(ILogger logger, string folder, int port);

    [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL could not be started again; it is tried every second: {Reason}")]
    private static partial void LogRestartFailed(ILogger logger, string reason);
}
