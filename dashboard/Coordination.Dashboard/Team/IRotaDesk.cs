using Coordination.Domain.People;
using Coordination.Domain.Rota;
using Coordination.Storage.Desk;

namespace Coordination.Dashboard.Team;

/// <summary>Where the duty rota is set (order 01/25, 3.1: out of hours, contact Comms).</summary>
public interface IRotaDesk
{
    /// <summary>Shifts on the rota that are not over.</summary>
    Task<IReadOnlyList<DeskRecord<Shift>>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Puts a shift on the rota, or changes one. Repeating the same wish is safe.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="shift">As it should be.</param>
    /// <param name="version">The version that was read; null for a new one.</param>
    /// <param name="actor">Who sets it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<DeskAnswer<Shift>> SaveAsync(Guid id, Shift shift, long? version, Actor actor, CancellationToken cancellationToken);

    /// <summary>Takes a shift off the rota.</summary>
    Task<DeskAnswer<Shift>> RemoveAsync(Guid id, long version, string? reason, Actor actor, CancellationToken cancellationToken);

    /// <summary>The turns that go on or have just ended, with their hand-overs.</summary>
    Task<IReadOnlyList<DutyTurn>> TurnsAsync(CancellationToken cancellationToken);

    /// <summary>Hands a turn over: its words, with what stands open now. Repeating it is safe; until it is taken over it can be written anew.</summary>
    Task<DeskAnswer<Handover>> GiveAsync(Guid shift, string? notes, Actor actor, CancellationToken cancellationToken);

    /// <summary>Takes a turn over.</summary>
    Task<DeskAnswer<Handover>> TakeAsync(Guid shift, Actor actor, CancellationToken cancellationToken);
}
