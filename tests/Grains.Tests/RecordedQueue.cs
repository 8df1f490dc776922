using System.Collections.Concurrent;
using Coordination.Domain.Posts;
using Coordination.Grains.Accounts;

namespace Coordination.Grains.Tests;

/// <summary>Stands in for the publishing worker where the grain alone is tested: keeps what was handed over.</summary>
public sealed class RecordedQueue(TimeProvider time) : IPublishingQueue
{
    private readonly ConcurrentQueue<(DuePost Due, DateTimeOffset At)> _handed = new();

    public void Enqueue(DuePost post) => _handed.Enqueue((post, time.GetUtcNow()));

    public IReadOnlyList<(DuePost Due, DateTimeOffset At)> Of(PostId post) => [.. _handed.Where(h => h.Due.Post.Id == post)];
}
