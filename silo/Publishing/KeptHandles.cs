using Coordination.Connectors;
using Coordination.Domain.Posts;
using Coordination.Storage.Prepared;

namespace Coordination.Silo.Publishing;

/// <summary>What was prepared for one part of a post, as a connector sees it.</summary>
internal sealed class KeptHandles(IPreparedStore store, PreparedPart part) : IPreparedHandles
{
    /// <inheritdoc/>
    public Task<PreparedHandle?> FindAsync(string slot, CancellationToken cancellationToken) => store.FindAsync(part, slot, cancellationToken);

    /// <inheritdoc/>
    public Task<PreparedHandle?> KeepAsync(string slot, PreparedHandle handle, PreparedHandle? former, CancellationToken cancellationToken) =>
        store.KeepAsync(part, slot, handle, former, cancellationToken);

    /// <inheritdoc/>
    public Task NoteAsync(string slot, PreparedHandle handle, CancellationToken cancellationToken) => store.NoteAsync(part, slot, handle, cancellationToken);
}
