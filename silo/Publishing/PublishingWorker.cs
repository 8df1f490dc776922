using System.Collections.Concurrent;
using System.Threading.Channels;
using Coordination.Domain.Posts;
using Coordination.Grains.Accounts;
using Coordination.Silo.Hosting;

namespace Coordination.Silo.Publishing;

/// <summary>Publishes due posts off the grains' turns, a bounded number at once.</summary>
internal sealed class PublishingWorker(Publisher publisher, CounterReader counters, SiloOptions options, PublishingInstruments instruments, TimeProvider time)
    : BackgroundService, IPublishingQueue
{
    private readonly Channel<DuePost> _due = Channel.CreateUnbounded<DuePost>();
    private readonly ConcurrentDictionary<PostId, DateTimeOffset> _waiting = new();

    /// <summary>How many due posts it has in hand and has not begun, and when the oldest of them was due.</summary>
    public (int Posts, DateTimeOffset? Oldest) Waiting()
    {
        var due = _waiting.Values;
        return (due.Count, due.Count == 0 ? null : due.Min());
    }

    /// <inheritdoc/>
    public void Enqueue(DuePost post)
    {
        _waiting[post.Post.Id] = post.Post.DueAt;
        _due.Writer.TryWrite(post);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        _due.Reader.ReadAllAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = options.PublishersAtOnce, CancellationToken = stoppingToken },
        async (post, cancellation) =>
        {
            _waiting.TryRemove(post.Post.Id, out _);
            instruments.OnBegun(time.GetUtcNow() - post.Post.DueAt);
            await publisher.PublishAsync(post, cancellation);
            counters.Want(post.Account);
        });
}
