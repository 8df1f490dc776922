using Coordination.Domain.Holds;
using Coordination.Domain.People;

namespace Coordination.Storage.Scopes;

/// <summary>What came of a wish to save a scope or to remove one.</summary>
public enum ScopeAnswer
{
    /// <summary>It is saved, or was already, just so.</summary>
    Saved,

    /// <summary>It is removed.</summary>
    Removed,

    /// <summary>Somebody has changed it since it was read, or it is there although it was to be new. Nothing was changed.</summary>
    Changed,

    /// <summary>There is none of that id. Nothing was changed.</summary>
    Gone,

    /// <summary>Another has the name. Nothing was changed.</summary>
    NameTaken,

    /// <summary>There are as many as there may be. Nothing was changed.</summary>
    TooMany,
}

/// <summary>Keeps scopes under names.</summary>
public interface ISavedScopeStore
{
    /// <summary>All of them, by name.</summary>
    Task<IReadOnlyList<SavedScope>> AllAsync(CancellationToken cancellationToken);

    /// <summary>One; null when there is none of that id.</summary>
    Task<SavedScope?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Saves one. A repeat of what is there changes nothing.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="scope">What it covers, with its name.</param>
    /// <param name="version">The version that was read; null for a new one.</param>
    /// <param name="actor">Who saves it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<ScopeAnswer> SaveAsync(string id, Scope scope, long? version, Actor actor, CancellationToken cancellationToken);

    /// <summary>Removes one. Holds that were placed by it stand as they are.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="version">The version that was read.</param>
    /// <param name="actor">Who removes it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<ScopeAnswer> RemoveAsync(string id, long version, Actor actor, CancellationToken cancellationToken);
}
