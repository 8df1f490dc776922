using System.Collections.Concurrent;
using Coordination.Connectors;
using Coordination.Domain.Posts;

namespace Connectors.Tests.Support;

/// <summary>What a worker keeps of what it prepared, as its successor finds it; the real one is tested against PostgreSQL.</summary>
internal sealed class HandlesInMemory : IPreparedHandles
{
    private readonly ConcurrentDictionary<string, PreparedHandle> _kept = new(StringComparer.Ordinal);

    public Task<PreparedHandle?> FindAsync(string slot, CancellationToken cancellationToken) => Task.FromResult(_kept.GetValueOrDefault(slot));

    public Task<PreparedHandle?> KeepAsync(string slot, PreparedHandle handle, PreparedHandle? former, CancellationToken cancellationToken) => Task.FromResult<PreparedHandle?>(
        _kept.AddOrUpdate(slot, handle, (_, standing) => string.Equals(standing.Handle, former?.Handle, StringComparison.Ordinal) ? handle : standing));

    public Task NoteAsync(string slot, PreparedHandle handle, CancellationToken cancellationToken)
    {
        _kept.AddOrUpdate(slot, handle, (_, standing) => string.Equals(standing.Handle, handle.Handle, StringComparison.Ordinal) ? handle : standing);
        return Task.CompletedTask;
    }
}
