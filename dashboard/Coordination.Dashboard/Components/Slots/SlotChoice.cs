using Coordination.Dashboard.Slots;
using Coordination.Domain.Accounts;

namespace Coordination.Dashboard.Components.Slots;

/// <summary>Accounts that would get the same time.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Accounts">The accounts.</param>
public sealed record SlotGroup(DateTimeOffset At, IReadOnlyList<AccountKey> Accounts);

/// <summary>Which slot each of the chosen accounts would give a post now. A forecast: the account decides when it is asked.</summary>
public sealed class SlotChoice(ISlotDesk desk)
{
    private AccountKey[] _accounts = [];
    private Dictionary<AccountKey, SlotView> _views = [];

    /// <summary>Whether the last reading failed.</summary>
    public bool Problem { get; private set; }

    /// <summary>Whether every chosen account has slots.</summary>
    public bool Offered => _accounts.Length > 0 && _views.Count > 0 && Without.Count == 0;

    /// <summary>The times, soonest first.</summary>
    public IReadOnlyList<SlotGroup> Times =>
        [.. Known.Where(v => v.Free.Count > 0).GroupBy(v => v.Free[0].When.At).OrderBy(g => g.Key).Select(g => new SlotGroup(g.Key, [.. g.Select(v => v.Kept.Account)]))];

    /// <summary>Accounts whose slots are all taken, or lie in the quiet hours.</summary>
    public IReadOnlyList<AccountKey> Full => [.. Known.Where(v => v is { Free.Count: 0, Kept.Slots.Count: > 0 }).Select(v => v.Kept.Account)];

    /// <summary>Accounts for which nobody has set slots.</summary>
    public IReadOnlyList<AccountKey> Without => [.. Known.Where(v => v.Kept.Slots.Count == 0).Select(v => v.Kept.Account)];

    private IEnumerable<SlotView> Known => _accounts.Select(a => _views.GetValueOrDefault(a)).OfType<SlotView>();

    /// <summary>Shows it for these accounts; asks only when they are others than before.</summary>
    public Task ShowAsync(IReadOnlyCollection<AccountKey> accounts, CancellationToken cancellationToken)
    {
        if (_accounts.SequenceEqual(accounts))
        {
            return Task.CompletedTask;
        }

        (_accounts, _views) = ([.. accounts], []);
        return LookAsync(cancellationToken);
    }

    /// <summary>Asks again.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var asked = _accounts;
        if (asked.Length == 0)
        {
            return;
        }

        try
        {
            var views = await desk.ReadAsync(asked, cancellationToken);
            if (ReferenceEquals(asked, _accounts))
            {
                (_views, Problem) = (new Dictionary<AccountKey, SlotView>(views), false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception)
        {
            Problem = true;
        }
    }
}
