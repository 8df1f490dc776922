using Coordination.Domain.Posts;

namespace Coordination.Connectors;

/// <summary>Where what a platform gave ahead of one part of a post is kept, so that it outlives this process. Each is of one post, part and revision.</summary>
/// <remarks>
/// A container that is kept is the key that makes a repeated publish harmless: a platform makes one post of one container. So of two
/// workers that prepare the same part one alone keeps its container, and both publish that one.
/// </remarks>
public interface IPreparedHandles
{
    /// <summary>Finds what is kept.</summary>
    /// <param name="slot">Which of the part's: a connector's own name of it, short.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<PreparedHandle?> FindAsync(string slot, CancellationToken cancellationToken);

    /// <summary>Keeps a new one in the place of a former one, if that still stands there.</summary>
    /// <param name="slot">Which.</param>
    /// <param name="handle">The new one.</param>
    /// <param name="former">The one that it replaces; null when there was none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The one that stands now: somebody else's who was first; null when a later revision's stands, and this one is of no use any more.</returns>
    Task<PreparedHandle?> KeepAsync(string slot, PreparedHandle handle, PreparedHandle? former, CancellationToken cancellationToken);

    /// <summary>Keeps how far it has come. Nothing happens when another stands there by now.</summary>
    Task NoteAsync(string slot, PreparedHandle handle, CancellationToken cancellationToken);
}
