using Coordination.Dashboard.Live;
using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Desks;

/// <summary>What is due near a time already.</summary>
/// <param name="Within">How near counts.</param>
/// <param name="Posts">The posts, soonest first.</param>
public sealed record ClashList(TimeSpan Within, IReadOnlyList<PostRow> Posts);

/// <summary>Looks for clashes: posts near a time on the same accounts; what concerns one corporate account concerns all of them (order 01/25, 3.1).</summary>
public sealed class Clashes(IPostReader posts, IRulesDesk rules, IBoard board)
{
    private const int Most = 20;

    /// <summary>Looks.</summary>
    /// <param name="accounts">Where something would go out.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="except">A post that does not clash with itself; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ClashList> FindAsync(IReadOnlyCollection<AccountKey> accounts, DateTimeOffset at, PostId? except, CancellationToken cancellationToken)
    {
        var within = TimeSpan.FromMinutes((await rules.ReadAsync(cancellationToken)).Rules.ClashMinutes);
        if (within == TimeSpan.Zero || accounts.Count == 0)
        {
            return new ClashList(within, []);
        }

        var corporate = accounts.Any(key => board.Accounts.GetValueOrDefault(key)?.Summary.Labels.Kind == AccountKind.Corporate);
        return new ClashList(within, await posts.NearAsync([.. accounts.Select(a => a.Value)], corporate, at, within, except?.Value, Most, cancellationToken));
    }
}
