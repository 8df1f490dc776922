using Coordination.Domain;
using Coordination.Domain.Drafts;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Desks;

/// <summary>What came of a wish about a draft.</summary>
/// <param name="Refusal">Why nothing was done; null when it was.</param>
/// <param name="Draft">As it is kept now; also where somebody else was quicker. Null when there is none.</param>
public sealed record DraftResult(Refusal? Refusal, Draft? Draft);

/// <summary>Where drafts are kept, by pages and API alike.</summary>
public interface IDraftDesk
{
    /// <summary>The person's own drafts, and others' that are theirs to open, saved last first.</summary>
    Task<IReadOnlyList<Draft>> ListAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>One draft; refused when there is none, or it is not theirs to open.</summary>
    Task<DraftResult> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken);

    /// <summary>Saves one. Repeating the same wish is safe.</summary>
    /// <param name="id">Its id, chosen by whoever begins it.</param>
    /// <param name="revision">The revision that was read; 0 for a new one.</param>
    /// <param name="content">What it says from now on.</param>
    /// <param name="actor">Who saves it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<DraftResult> SaveAsync(Guid id, int revision, DraftContent content, Actor actor, CancellationToken cancellationToken);

    /// <summary>Discards one as it stands in this revision.</summary>
    Task<DraftResult> DiscardAsync(Guid id, int revision, Actor actor, CancellationToken cancellationToken);
}
