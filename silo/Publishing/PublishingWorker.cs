using System.Threading.Channels;
using Coordination.Grains.Accounts;
using Coordination.Silo.Hosting;

namespace Coordination.Silo.Publishing;

/// <summary>Publishes due posts off the grains' turns, a bounded number at once.</summary>
internal sealed class PublishingWorker(Publisher publisher, CounterReader counters, SiloOptions options) : BackgroundService, IPublishingQueue
{
    private readonly Channel<DuePost> _due = Channel.CreateUnbounded<DuePost>();

    /// <inheritdoc/>
    public void Enqueue(DuePost post) => _due.Writer.TryWrite(post);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        _due.Reader.ReadAllAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = options.PublishersAtOnce, CancellationToken = stoppingToken },
        async (post, cancellation) =>
        {
            await publisher.PublishAsync(post, cancellation);
            counters.Want(post.Account);
        });
}
