using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Coordination.Storage.Embedded;

/// <summary>Says in one line when the disk under the database runs low, when it is full, and when there is room again. It changes nothing.</summary>
internal sealed partial class DiskWatch : IAsyncDisposable
{
    private const long Full = 1024 * 1024;
    private const double Megabyte = 1024 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly string _folder;
    private readonly long _low;
    private readonly ILogger _logger;
    private readonly Task _work;

    private DiskWatch(string folder, long low, ILogger logger)
    {
        (_folder, _low, _logger) = (folder, low, logger);
        _work = Task.Run(WatchAsync);
    }

    private enum Room
    {
        Enough,
        Low,
        None,
    }

    /// <summary>Begins to watch; below <paramref name="low"/> free bytes the disk is said to run low.</summary>
    public static DiskWatch Begin(string folder, long low, ILogger logger) => new(folder, low, logger);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Pause);
        var last = Room.Enough;
        do
        {
            if (Look() is { } now && now.Room != last)
            {
                Tell(last, now.Room, now.Free);
                last = now.Room;
            }
        }
        while (await timer.WaitForNextTickAsync(_stop.Token));
    }

    private (Room Room, long Free)? Look()
    {
        try
        {
            var free = new DriveInfo(_folder).AvailableFreeSpace;
            return (free < Full ? Room.None : free < _low ? Room.Low : Room.Enough, free);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // A disk that can't be asked shows itself otherwise.
        }
    }

    private void Tell(Room before, Room now, long free)
    {
        var megabytes = (free / Megabyte).ToString("0", CultureInfo.InvariantCulture);
        switch (now)
        {
            case Room.None:
                LogFull(_logger, _folder);
                break;
            case Room.Low when before == Room.Enough:
                LogLow(_logger, _folder, megabytes);
                break;
            default:
                LogRoom(_logger, _folder, megabytes);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Critical,
        Message = "The disk that holds {Folder} is full: the database may refuse everything from now on. What it refuses is not published, and a "
            + "hold it refuses is said not to have taken. Holds that stand go on standing, and nothing that was saved is lost. "
            + "Free some space: the service then goes on by itself")]
    private static partial void LogFull(ILogger logger, string folder);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The disk that holds {Folder} runs low: {Megabytes} MB are free. Free some space: once it is full, nothing is published")]
    private static partial void LogLow(ILogger logger, string folder, string megabytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The disk that holds {Folder} has room again: {Megabytes} MB are free")]
    private static partial void LogRoom(ILogger logger, string folder, string megabytes);
}
