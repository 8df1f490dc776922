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

        return post with
        {
            HeldBy = [.. board.Holds.Where(hold => hold.Scope.Covers(key, account.Summary.Labels) && !LetsThrough(hold, post)).Select(hold => hold.Id)],
        };
    }

    // A hold lets a named poster's post through when it was confirmed after the hold; a later revision is a later confirmation.
    private static bool LetsThrough(Hold hold, PostRow post) =>
        hold.Kind == HoldKind.CentralCoordination
        && hold.NamedPosters.Contains(post.PosterId, StringComparer.Ordinal)
        && (post.Revision > 1 || post.CreatedAt > hold.PlacedAt);
}
