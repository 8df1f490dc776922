using Coordination.Connectors;
using Coordination.Domain.Posts;

namespace Connectors.Tests.Support;

/// <summary>Requests as the publishing worker makes them.</summary>
internal static class Requests
{
    public static PublishRequest New(string text = "Road closed at Aston.", PermitGuard? guard = null, DateTimeOffset? deadline = null, IdempotencyKey? key = null, CancellationToken withdrawn = default)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new PublishRequest(key ?? NewKey(), text, now, deadline ?? now + TimeSpan.FromSeconds(30), guard ?? (() => null), withdrawn);
    }

    public static IdempotencyKey NewKey() => new(new PostId(Guid.CreateVersion7()));

    /// <summary>Prepares images, or a part's place in a thread, where nothing of it is kept.</summary>
    public static Task<PrepareResult> PrepareAsync(
        this IPlatformConnector connector, ConnectorAccount account, IReadOnlyList<OutboundImage> images, ThreadPlace? thread, CancellationToken cancellationToken) =>
        connector.PrepareAsync(account, new PrepareRequest("Road closed at Aston.", images, thread, new HandlesInMemory()), cancellationToken);

    public static FindRequest Find(PublishRequest request, IReadOnlyCollection<string>? others = null) =>
        new(request.Key, request.Text, request.CreatedAt, others);
}
