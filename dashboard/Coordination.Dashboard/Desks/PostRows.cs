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
        DueAt = post.DueAt,
        ToleranceSeconds = (int)post.Tolerance.TotalSeconds,
        PosterId = post.PosterId,
        PosterName = post.PosterName,
        MessageId = post.MessageId,
        CreatedAt = post.CreatedAt,
        PublishedAt = post.PublishedAt,
        Url = post.Url,
        HeldBy = post.HeldBy,
        Note = post.Note,
        Revision = post.Revision,
    };
}
