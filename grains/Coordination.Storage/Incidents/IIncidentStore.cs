using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.People;

namespace Coordination.Storage.Incidents;

/// <summary>Incoming incident messages: the raw bytes first, then what was decided. Journal stream: <c>incident/</c> and the message's id.</summary>
public interface IIncidentStore
{
    /// <summary>Keeps the raw message before it is understood. The same bytes again change nothing.</summary>
    Task<RecordedMessage> RecordAsync(RawMessage message, CancellationToken cancellationToken);

    /// <summary>Writes what was decided. The first decision of an identity and digest wins; the answer is the one that stands.</summary>
    Task<TriagedMessage> DecideAsync(TriagedMessage decision, CancellationToken cancellationToken);

    /// <summary>The first decision on a message of this identity; null when there is none.</summary>
    Task<TriagedMessage?> FindAsync(CapReference reference, CancellationToken cancellationToken);

    /// <summary>The decided messages since a time, oldest first: a chain is followed through them.</summary>
    Task<IReadOnlyList<SeenMessage>> SinceAsync(DateTimeOffset since, CancellationToken cancellationToken);
}

/// <summary>A message as it came.</summary>
/// <param name="Id">Derived from the bytes, so that the same bytes are the same message.</param>
/// <param name="Body">The bytes.</param>
/// <param name="ContentType">What the sender called them.</param>
/// <param name="ReceivedFrom">Who delivered them.</param>
public sealed record RawMessage(Guid Id, ReadOnlyMemory<byte> Body, string ContentType, Actor ReceivedFrom);

/// <summary>A message on record.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ReceivedAt">When it first came (UTC).</param>
/// <param name="Repeated">Whether the same bytes had come before.</param>
public sealed record RecordedMessage(Guid Id, DateTimeOffset ReceivedAt, bool Repeated);

/// <summary>A message and what was decided about it.</summary>
/// <param name="RawId">The message on record.</param>
/// <param name="Reference">Its identity; null when it was not understood or its sender refused.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Status">How it is meant to be handled.</param>
/// <param name="MsgType">What it does.</param>
/// <param name="References">Messages it is about.</param>
/// <param name="Decision"><c>hold</c>, <c>ask</c>, <c>proposed</c>, <c>shadow</c>, <c>ignored</c> or <c>refused</c>.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Incident">The incident's reference.</param>
/// <param name="HoldId">The hold it placed.</param>
/// <param name="HoldAreas">Ids of the areas it held.</param>
/// <param name="WholeBrigade">Whether it held every local account.</param>
public sealed record TriagedMessage(
    Guid RawId,
    CapReference? Reference,
    string? Digest,
    CapStatus? Status,
    CapMsgType? MsgType,
    IReadOnlyList<CapReference> References,
    string Decision,
    string Reason,
    string? Incident,
    string? HoldId,
    IReadOnlyList<string> HoldAreas,
    bool WholeBrigade);
