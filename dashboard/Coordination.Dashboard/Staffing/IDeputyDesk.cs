using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Storage.People;

namespace Coordination.Dashboard.Staffing;

/// <summary>What became of a wish about a deputy: as it stands now, or why nothing was changed.</summary>
public sealed record DeputyDeskAnswer(Deputising? Deputising, Refusal? Refusal);

/// <summary>Where account holders stand in for one another, for a time.</summary>
public interface IDeputyDesk
{
    /// <summary>All of one person, as the holder or as the deputy, the latest first.</summary>
    /// <returns>Null when somebody may see neither the directory nor this.</returns>
    Task<IReadOnlyList<Deputising>?> ListAsync(string staffId, Actor actor, CancellationToken cancellationToken);

    /// <summary>Has somebody stand in. Repeating the same wish under the same id is safe.</summary>
    Task<DeputyDeskAnswer> NameAsync(Guid id, DeputyWish wish, Actor actor, CancellationToken cancellationToken);

    /// <summary>Ends it before its time. Repeating it is safe.</summary>
    Task<DeputyDeskAnswer> EndAsync(Guid id, string? reason, Actor actor, CancellationToken cancellationToken);
}
