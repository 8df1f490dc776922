using Coordination.Domain;
using Coordination.Domain.Holds;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Desks;

/// <summary>What came of a wish about a saved scope: either why nothing was done, or how it is now.</summary>
/// <param name="Refusal">Why not; null when it was done.</param>
/// <param name="Scope">As it is saved; null when it was refused or removed.</param>
public sealed record SavedScopeAnswer(Refusal? Refusal, SavedScope? Scope);

/// <summary>Where saved scopes are asked for, by pages and API alike.</summary>
public interface ISavedScopeDesk
{
    /// <summary>All of them, by name.</summary>
    Task<IReadOnlyList<SavedScope>> AllAsync(CancellationToken cancellationToken);

    /// <summary>One; null when there is none of that id.</summary>
    Task<SavedScope?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Saves one. Repeating the same wish is safe.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="name">Its name.</param>
    /// <param name="scope">What it covers.</param>
    /// <param name="version">The version that was read; null for a new one.</param>
    /// <param name="actor">Who saves it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<SavedScopeAnswer> SaveAsync(string id, string? name, Scope scope, long? version, Actor actor, CancellationToken cancellationToken);

    /// <summary>Removes one. Holds that were placed by it stand as they are.</summary>
    Task<SavedScopeAnswer> RemoveAsync(string id, long version, Actor actor, CancellationToken cancellationToken);
}
