using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Storage.Fence;
using Coordination.Storage.ReadModel;

namespace Coordination.Silo.Publishing;

/// <summary>
/// Whether a permit may still be used: while it lives (FENCE.md rule 9), and while this host knows of no later hold over its account. A
/// hold so spares what is permitted and not written yet; what it comes too late for is in its list of what was in flight.
/// </summary>
internal sealed class PermitWatch : IDisposable
{
    private readonly IHoldBoard _board;
    private readonly AccountKey _account;
    private readonly AccountLabels _labels;
    private readonly long _sequence;
    private readonly TimeSpan _end;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _withdrawn = new();

    /// <summary>Begins to watch.</summary>
    /// <param name="board">This host's copy of the standing holds.</param>
    /// <param name="account">The permit's account.</param>
    /// <param name="labels">Its labels in the version that the permit was taken for.</param>
    /// <param name="permit">The permit.</param>
    /// <param name="end">When its life ends, by <see cref="PermitClock"/>.</param>
    /// <param name="time">The clock.</param>
    public PermitWatch(IHoldBoard board, AccountKey account, AccountLabels labels, PermitAnswer.Issued permit, TimeSpan end, TimeProvider time)
    {
        (_board, _account, _labels, _sequence, _end, _time) = (board, account, labels, permit.Sequence, end, time);
        board.Changed += Look;
        Look(board, EventArgs.Empty);
    }

    /// <summary>Cancelled when a hold came.</summary>
    public CancellationToken Withdrawn => _withdrawn.Token;

    /// <summary>Why the request may not begin, for people; null while it may.</summary>
    public string? WhyNot() => Later() is { } hold ? $"hold {hold.Id} came first" : PermitClock.Now(_time) < _end ? null : "its permit expired";

    /// <inheritdoc/>
    public void Dispose()
    {
        _board.Changed -= Look;
        _withdrawn.Dispose();
    }

    // Whom a hold lets through does not matter here: it lets nothing through that was confirmed before it (FENCE.md rule 4).
    private Hold? Later() => _board.Standing.FirstOrDefault(hold => hold.Sequence > _sequence && hold.Scope.Covers(_account, _labels));

    private void Look(object? sender, EventArgs e)
    {
        if (Later() is null)
        {
            return;
        }

        try
        {
            // Elsewhere: others wait for this change, too.
            _ = _withdrawn.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The call has ended meanwhile.
        }
    }
}
