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
}
