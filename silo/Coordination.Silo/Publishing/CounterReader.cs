using System.Collections.Concurrent;
using Coordination.Connectors;
using Coordination.Contracts;
using Coordination.Domain.Accounts;

namespace Coordination.Silo.Publishing;

/// <summary>Reads an account's public figures after something went out on it: at most once a minute each, a few at once, never in a post's way.</summary>
internal sealed partial class CounterReader(
    IGrainFactory grains, ConnectorRegistry connectors, Credentials credentials, TimeProvider time, ILogger<CounterReader> logger) : BackgroundService
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
        try
        {
            if (connectors.TryFind(key.Platform, out var connector) && credentials.TryFind(key, out var account)
                && await connector.ReadAccountCountersAsync(account, cancellationToken) is ReadResult<Connectors.AccountCounters>.Ok { Value: var figures })
            {
                var grain = grains.GetGrain<IAccountGrain>(GrainKeys.Of(key));
                var had = (await grain.Read()).State.Counters;
                if (had.ReadAt is null || had.Followers != figures.Followers || had.RemotePosts != figures.Posts)
                {
                    await grain.RecordCounters(figures.Followers, figures.Posts);
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            NotRead(logger, key.Value, exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "The figures of {Account} could not be read; they are read again after its next post. {Why}")]
    private static partial void NotRead(ILogger logger, string account, string why);
}
