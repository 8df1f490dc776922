using Coordination.Contracts;
using Coordination.Domain.Accounts;

namespace Coordination.Dashboard.Live;

/// <summary>Keeps this host registered with the silos' live feeds.</summary>
public sealed partial class BoardFeed(Board board, IClusterClient cluster, TimeProvider time, ILogger<BoardFeed> logger)
    : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Orleans keeps only a weak reference to an observer.
    private readonly Ear _ear = new(board);
    private readonly SemaphoreSlim _returned = new(0, 1);
    private ILiveFeedObserver? _reference;
    private volatile bool _fed;

    /// <summary>Whether the last registration succeeded.</summary>
    public bool IsFed => _fed;

    /// <summary>Waits until the feed comes back after it broke off, or the time is over.</summary>
    public Task WaitForReturnAsync(TimeSpan most, CancellationToken cancellationToken) => _returned.WaitAsync(most, cancellationToken);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _returned.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Again, time);
        do
        {
            try
            {
                var at = time.GetUtcNow();
                _reference ??= cluster.CreateObjectReference<ILiveFeedObserver>(_ear);
                await cluster.GetGrain<IFeedDirectoryGrain>(GrainKeys.FeedDirectory).Subscribe(_reference).WaitAsync(Patience, time, stoppingToken);
                OnFed(at);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                OnUnfed(e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void OnFed(DateTimeOffset at)
    {
        if (_fed)
        {
            board.MarkFed(at);
            return;
        }

        _fed = true;
        LogFed();
        if (_returned.CurrentCount == 0)
        {
            _returned.Release();
        }
    }

    private void OnUnfed(string reason)
    {
        board.MarkUnfed();
        if (_fed)
        {
            _fed = false;
            LogUnfed(reason);
        }
    }

    private sealed class Ear(Board board) : ILiveFeedObserver
    {
        public Task Changed(AccountSummary[] accounts)
        {
            board.Offer(accounts);
            return Task.CompletedTask;
        }
    }
}
