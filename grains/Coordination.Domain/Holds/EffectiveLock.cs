using Coordination.Domain.Accounts;

namespace Coordination.Domain.Holds;

/// <summary>What the set of standing holds makes of one account. An account opens when the last hold that covers it is lifted.</summary>
/// <param name="Strictest">The strictest kind that covers the account; null when it is open.</param>
/// <param name="HoldIds">All standing holds that cover it, oldest first.</param>
public sealed record EffectiveLock(HoldKind? Strictest, IReadOnlyList<string> HoldIds)
{
    /// <summary>No hold covers the account.</summary>
    public static EffectiveLock Open { get; } = new(null, []);

    /// <summary>Whether any hold covers the account.</summary>
    public bool IsHeld => Strictest is not null;

    /// <summary>Works out an account's lock from all holds.</summary>
    public static EffectiveLock Of(AccountKey key, AccountLabels labels, IEnumerable<Hold> holds)
    {
        List<Hold>? covering = null;
        foreach (var hold in holds)
        {
            if (hold.Stands && hold.Scope.Covers(key, labels))
            {
                (covering ??= []).Add(hold);
            }
        }

        if (covering is null)
        {
            return Open;
        }

        covering.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        return new EffectiveLock(covering.Max(h => h.Kind), [.. covering.Select(h => h.Id)]);
    }
}
