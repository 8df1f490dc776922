using System.Collections.Concurrent;
using Coordination.Storage.People;

namespace Coordination.Dashboard.Clients;

/// <summary>Keeps when each token was last used, to the minute, beside the requests and never in their way.</summary>
public sealed partial class TokenUses(IApiClientStore store, TimeProvider time, ILogger<TokenUses> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, bool> _used = new();
    private readonly Dictionary<Guid, DateTimeOffset> _written = [];

    /// <summary>Notes that a token was used.</summary>
    public void Note(Guid token) => _used.TryAdd(token, true);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await WriteAsync(stoppingToken);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var old in _written.Where(w => now - w.Value >= Minute).Select(w => w.Key).ToArray())
        {
            _written.Remove(old);
        }

        var due = _used.Keys.Where(id => !_written.ContainsKey(id)).ToArray();
        if (due.Length == 0)
        {
            return;
        }

        try
        {
            await store.RecordUsesAsync(due, cancellationToken);
            foreach (var id in due)
            {
                _written[id] = now;
                _used.TryRemove(id, out _);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // They stay noted, and are told again with the next round.
            LogNotWritten(e.GetType().Name);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "It could not be kept which tokens were used ({Exception}); it is tried again.")]
    private partial void LogNotWritten(string exception);
}
