using Coordination.Contracts;

namespace Coordination.Grains.Live;

/// <summary>The list of dashboard hosts that listen. In memory alone: whoever listens says so every few seconds.</summary>
public sealed class FeedDirectoryGrain(TimeProvider time) : Grain, IFeedDirectoryGrain
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(10);
    private readonly Dictionary<ILiveFeedObserver, DateTimeOffset> _seen = [];

    /// <inheritdoc/>
    public Task Subscribe(ILiveFeedObserver observer)
    {
        _seen[observer] = time.GetUtcNow();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ILiveFeedObserver[]> Listeners()
    {
        var oldest = time.GetUtcNow() - Life;
        foreach (var gone in _seen.Where(l => l.Value < oldest).Select(l => l.Key).ToArray())
        {
            _seen.Remove(gone);
        }

        return Task.FromResult(_seen.Keys.ToArray());
    }
}
