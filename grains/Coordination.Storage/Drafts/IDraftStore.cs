using Coordination.Domain.Drafts;
using Coordination.Domain.People;

namespace Coordination.Storage.Drafts;

/// <summary>What came of a wish to save a draft.</summary>
public enum DraftAnswer
{
    /// <summary>It is saved, or was already, just so.</summary>
    Saved,

    /// <summary>Somebody has saved it otherwise since it was read. Nothing was changed.</summary>
    Changed,

    /// <summary>It was sent or discarded since it was read. Nothing was changed.</summary>
    Gone,

    /// <summary>Its writer has as many as they may have. Nothing was changed.</summary>
    TooMany,
}

/// <summary>Keeps drafts.</summary>
public interface IDraftStore
{
    /// <summary>A person's own drafts, saved last first.</summary>
    Task<IReadOnlyList<Draft>> OfWriterAsync(string writerId, int limit, CancellationToken cancellationToken);

    /// <summary>Others' drafts that name accounts, saved last first: whoever asks looks which of them are theirs to open.</summary>
    Task<IReadOnlyList<Draft>> OfOthersAsync(string writerId, int limit, CancellationToken cancellationToken);

    /// <summary>One with its former words; null when there is none.</summary>
    Task<Draft?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Saves one. A repeat of what is there changes nothing.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="revision">The revision that was read; 0 for a new one.</param>
    /// <param name="content">What it says from now on.</param>
    /// <param name="actor">Who saves it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<DraftAnswer> SaveAsync(Guid id, int revision, DraftContent content, Actor actor, CancellationToken cancellationToken);

    /// <summary>Discards one as it stands in this revision; another revision stays.</summary>
    /// <returns>Whether it is gone.</returns>
    Task<bool> DiscardAsync(Guid id, int revision, CancellationToken cancellationToken);
}
