using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Desks;

/// <summary>Makes the row that everybody shows of a post that its grain answered with.</summary>
internal static class PostRows
{
    public static PostRow Of(AccountKey account, Post post) => new()
    {
        Id = post.Id.Value,
        Account = account.Value,
        Text = post.Text,
        State = post.State.Id(),
        DueAt = Kept(post.DueAt),
        ToleranceSeconds = (int)post.Tolerance.TotalSeconds,
        PosterId = post.PosterId,
        PosterName = post.PosterName,
        MessageId = post.MessageId,
        CreatedAt = Kept(post.CreatedAt),
        PublishedAt = post.PublishedAt is { } at ? Kept(at) : null,
        Url = post.Url,
        HeldBy = post.HeldBy,
        Note = post.Note,
        Revision = post.Revision,
        ApprovedBy = post.Approval?.ByName,
        ApprovedAt = post.Approval is { } approval ? Kept(approval.At) : null,
        ApprovedFor = post.Approval?.HoldIds ?? [],
        About = post.About,
        Review = post.Review,
        Return = post.Return,
        RemovalAskedAt = post.Removal is { } removal ? Kept(removal.AskedAt) : null,
        RemovalAskedBy = post.Removal?.ByName,
        RemovedAt = post.RemovedAt is { } gone ? Kept(gone) : null,
    };

    // The database keeps microseconds, rounded; a time must not change between the answer and the next look.
    private static DateTimeOffset Kept(DateTimeOffset time) => new((time.UtcTicks + 5) / 10 * 10, TimeSpan.Zero);
}
