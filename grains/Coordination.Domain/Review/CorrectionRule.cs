using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Review;

/// <summary>As much of a post as the rule needs.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Account">Its account's key.</param>
/// <param name="State">The id of its state.</param>
public sealed record CorrectedPost(PostId Id, string Account, string State);

/// <summary>Which post a correction corrects: one that went out, on the correction's own account.</summary>
public static class CorrectionRule
{
    /// <summary>Whether a post in this state can be corrected: people may have read it.</summary>
    public static bool CanBeCorrected(string state) => state is "published" or "removed";

    /// <summary>Finds it.</summary>
    /// <param name="named">The post that was named.</param>
    /// <param name="family">That post and those of the same message; empty when there is no such post.</param>
    /// <param name="account">Where the correction goes out.</param>
    /// <returns>The post on that account, or why there is none.</returns>
    public static (PostId? Corrects, Refusal? Refusal) Find(PostId named, IReadOnlyCollection<CorrectedPost> family, AccountKey account)
    {
        if (family.Count == 0)
        {
            return (null, new Refusal("correction-unknown", $"There is no post {named} to correct. Nothing was scheduled. Give the id of a post that is out or was removed.", RefusalKind.NotFound));
        }

        var here = family.Where(p => string.Equals(p.Account, account.Value, StringComparison.Ordinal)).ToArray();
        if (here.Length == 0)
        {
            return (null, new Refusal("correction-elsewhere", $"The post {named} did not go to {account}, alone or as part of a message, so nothing there is corrected. Nothing was scheduled on {account}. Leave the account out, or write it as a post of its own."));
        }

        var post = here.FirstOrDefault(p => p.Id == named) ?? here.FirstOrDefault(p => CanBeCorrected(p.State)) ?? here[0];
        return CanBeCorrected(post.State)
            ? (post.Id, null)
            : (null, new Refusal("correction-not-out", $"The post {post.Id} on {account} is {post.State}, and was not out. Nothing was scheduled. What has not gone out is changed or taken back instead.", RefusalKind.Conflict));
    }
}
