using Coordination.Dashboard.Live;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Desks;

/// <summary>Says which standing holds a scheduled post will meet. A forecast: the fence decides when it falls due.</summary>
public static class PostForecast
{
    /// <summary>The post with the holds it would meet; a post that is not scheduled keeps what is recorded of it.</summary>
    public static PostRow Forecast(this IBoard board, PostRow post)
    {
        if (!string.Equals(post.State, "scheduled", StringComparison.Ordinal)
            || !AccountKey.TryParse(post.Account, out var key)
            || !board.Accounts.TryGetValue(key, out var account)
            || !account.Lock.IsHeld)
        {
            return post;
        }

        var met = board.Holds.Where(hold => hold.Scope.Covers(key, account.Summary.Labels) && !LetsThrough(hold, post)).ToArray();
        return post with { HeldBy = [.. met.Select(hold => hold.Id)], AwaitsApproval = met.Any(hold => hold.Kind == HoldKind.ApprovalRequired) };
    }

    // A hold lets a named poster's post through when it was confirmed after the hold; a later revision is a later confirmation.
    private static bool LetsThrough(Hold hold, PostRow post) => hold.Kind switch
    {
        HoldKind.CentralCoordination => hold.NamedPosters.Contains(post.PosterId, StringComparer.Ordinal)
            && (post.Revision > 1 || post.ApprovedAt > hold.PlacedAt || post.CreatedAt > hold.PlacedAt),
        HoldKind.ApprovalRequired => post.ApprovedFor.Contains(hold.Id, StringComparer.Ordinal),
        _ => false,
    };
}
