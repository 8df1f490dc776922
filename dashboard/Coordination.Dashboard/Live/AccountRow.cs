using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;

namespace Coordination.Dashboard.Live;

/// <summary>One account as boards show it: its summary and the lock that the standing holds make of it.</summary>
/// <param name="Summary">What the account's grain last told.</param>
/// <param name="Lock">Derived from the account's labels and the standing holds on this host.</param>
public sealed record AccountRow(AccountSummary Summary, EffectiveLock Lock)
{
    /// <summary>The board's revision with which this row last changed, on this host: a greater one is newer.</summary>
    public long Revision { get; init; }

    /// <summary>One of <c>requested open held attention retired</c>: the first of retired, requested, held, attention, open that applies.</summary>
    public string State => this switch
    {
        { Summary.Lifecycle: AccountLifecycle.Retired } => "retired",
        { Summary.Lifecycle: AccountLifecycle.Requested } => "requested",
        { Lock.IsHeld: true } => "held",
        { Summary.Lifecycle: AccountLifecycle.Approved } or { Summary.Attention: not null } => "attention",
        _ => "open",
    };
}
