using Coordination.Dashboard.Incidents.Pull;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents;

/// <summary>Where incident messages arrive.</summary>
public interface IIncidentDesk
{
    /// <summary>Takes a CAP 1.2 message: records it, reads it, decides, and places the hold that a rule asks for. A repeat does nothing more.</summary>
    /// <param name="body">The document as received.</param>
    /// <param name="contentType">Its content type.</param>
    /// <param name="receivedFrom">Whose token brought it.</param>
    /// <param name="cancellationToken">Gives up waiting; what was sent to the fence stays sent.</param>
    Task<IncidentAnswer> ReceiveAsync(ReadOnlyMemory<byte> body, string contentType, Actor receivedFrom, CancellationToken cancellationToken);

    /// <summary>Takes one that was pulled: the same, but that the feed's own list of senders counts, and no other.</summary>
    /// <param name="body">The document as fetched.</param>
    /// <param name="contentType">Its content type.</param>
    /// <param name="feed">The feed that brought it.</param>
    /// <param name="cancellationToken">Gives up waiting; what was sent to the fence stays sent.</param>
    Task<IncidentAnswer> ReceiveAsync(ReadOnlyMemory<byte> body, string contentType, FeedSource feed, CancellationToken cancellationToken);

    /// <summary>Decides about a message whose host stopped before it could.</summary>
    Task DecideAsync(LeftReport left, CancellationToken cancellationToken);
}
