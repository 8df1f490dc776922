using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.People;

namespace Coordination.Storage.Incidents;

public interface IIncidentStore
{
    Task<RecordedMessage> RecordAsync(RawMessage message, CancellationToken cancellationToken);

    Task<TriagedMessage> DecideAsync(TriagedMessage decision, CancellationToken cancellationToken);

    Task<TriagedMessage?> FindAsync(CapReference reference, CancellationToken cancellationToken);

    Task<IReadOnlyList<SeenMessage>> NearAsync(CapMessage message, CancellationToken cancellationToken);
}

public sealed record RawMessage(Guid Id, ReadOnlyMemory<byte> Body, string ContentType, Actor ReceivedFrom);

public sealed record RecordedMessage(Guid Id, DateTimeOffset ReceivedAt, bool Repeated);

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
