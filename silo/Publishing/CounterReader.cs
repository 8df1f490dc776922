using System.Collections.Concurrent;
using Coordination.Domain.Accounts;

namespace Coordination.Silo.Publishing;

/// <summary>Reads an account's public figures after something went out on it: at most once a minute each, a few at once, never in a post's way.</summary>
internal sealed class CounterReader(AccountFigures figures, TimeProvider time) : BackgroundService
{
    private const int AtOnce = 2;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<AccountKey, bool> _wanted = new();
    private readonly ConcurrentDictionary<AccountKey, DateTimeOffset> _read = new();

    /// <summary>Asks for an account's figures. Never waits.</summary>
    public void Want(AccountKey account) => _wanted[account] = true;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = time.GetUtcNow();
            var due = _wanted.Keys.Where(a => !_read.TryGetValue(a, out var at) || now - at >= Rest).ToArray();
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken }, ReadAsync);
        }
    }

    private async ValueTask ReadAsync(AccountKey key, CancellationToken cancellationToken)
    {
        _wanted.TryRemove(key, out _);
        _read[key] = time.GetUtcNow();
        await figures.ReadAsync(key, cancellationToken);
    }
}
