using System.Collections.Immutable;
using Coordination.Dashboard.Live;
using Coordination.Domain.Holds;
using Coordination.Storage.Fence;
using Coordination.Storage.OffSystem;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Components.Holds;

/// <summary>How far a hold's receipts are.</summary>
/// <param name="Covered">Accounts it covers.</param>
/// <param name="Acknowledged">Those that have acknowledged it themselves.</param>
public sealed record Receipts(int Covered, int Acknowledged)
{
    /// <summary>Whether all have.</summary>
    public bool Complete => Acknowledged >= Covered;

    /// <summary>For the bar, 0 to 100.</summary>
    public int Percent => Covered == 0 ? 100 : (int)(100L * Acknowledged / Covered);
}

/// <summary>What goes on at this moment, beyond the replica.</summary>
/// <param name="Receipts">By hold id.</param>
/// <param name="InFlight">Posts on the wire.</param>
/// <param name="OffSystem">Standing holds under which something went out around the service, oldest first.</param>
public sealed record NowView(ImmutableDictionary<string, Receipts> Receipts, IReadOnlyList<InFlightPost> InFlight, IReadOnlyList<OffSystemCount> OffSystem);

/// <summary>Asks the database about receipts and posts on the wire once for all open pages of this host, and only while one is open.</summary>
public sealed class NowWatch(IBoard board, IHoldReader holds, IOffSystemReader offSystem, TimeProvider clock) : IDisposable
{
    // Quick while receipts count up or something is on the wire, calm otherwise.
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private CancellationTokenSource? _running;
    private int _watchers;

    /// <summary>Raised when <see cref="View"/> is another, off the caller's thread.</summary>
    public event EventHandler? Changed;

    /// <summary>What was last seen.</summary>
    public NowView View { get; private set; } = new(ImmutableDictionary<string, Receipts>.Empty, [], []);

    /// <summary>Starts to look, until the result is disposed.</summary>
    public IDisposable Watch()
    {
        lock (_lock)
        {
            if (_watchers++ == 0)
            {
                _running = new CancellationTokenSource();
                _ = Task.Run(() => LookAsync(_running.Token));
            }
        }

        return new Watching(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _running?.Cancel();
            _running?.Dispose();
            _running = null;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_watchers == 0)
            {
                Dispose();
            }
        }
    }

    private async Task LookAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await LookOnceAsync(end);
                var busy = View.InFlight.Count > 0 || View.Receipts.Values.Any(r => !r.Complete) || View.Receipts.Count != board.Holds.Length;
                await Task.Delay(busy ? Quick : Calm, clock, end);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception)
            {
                // The strip says how old the screen is; here the last view stays until the database answers again.
                await Task.Delay(Calm, clock, CancellationToken.None);
            }
        }
    }

    private async Task LookOnceAsync(CancellationToken end)
    {
        var receipts = ImmutableDictionary.CreateBuilder<string, Receipts>(StringComparer.Ordinal);
        foreach (var hold in board.Holds)
        {
            var (covered, acknowledged) = await holds.ReceiptCountAsync(hold.Id, end);
            receipts[hold.Id] = new Receipts(covered, acknowledged);
        }

        var inFlight = board.Counts.InFlight > 0 || View.InFlight.Count > 0
            ? await holds.OpenInScopeAsync(Scope.Everything, end)
            : [];
        var next = new NowView(receipts.ToImmutable(), inFlight, board.Holds.Length > 0 ? await offSystem.StandingAsync(end) : []);
        var same = next.Receipts.Count == View.Receipts.Count
            && next.Receipts.All(r => View.Receipts.TryGetValue(r.Key, out var was) && was == r.Value)
            && next.InFlight.Select(p => p.PermitSequence).SequenceEqual(View.InFlight.Select(p => p.PermitSequence))
            && next.OffSystem.SequenceEqual(View.OffSystem);
        View = next;
        if (!same)
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    private sealed class Watching(NowWatch watch) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                watch.Leave();
            }
        }
    }
}
