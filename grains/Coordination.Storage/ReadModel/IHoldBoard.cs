using System.Collections.Immutable;
using Coordination.Domain.Holds;

namespace Coordination.Storage.ReadModel;

/// <summary>This host's copy of all standing holds: told by NOTIFY, reconciled whole every second. A forecast; the fence decides.</summary>
public interface IHoldBoard
{
    /// <summary>The standing holds, oldest first.</summary>
    ImmutableArray<Hold> Standing { get; }

    /// <summary>When the copy was last known to be whole (UTC); null before the first time.</summary>
    DateTimeOffset? AsOf { get; }

    /// <summary>Raised after the set changed, off the caller's thread.</summary>
    event EventHandler? Changed;

    /// <summary>Reads all standing holds now, so that what this host just did is in the copy.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);
}
