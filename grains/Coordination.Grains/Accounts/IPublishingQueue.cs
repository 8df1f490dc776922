using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;

namespace Coordination.Grains.Accounts;

/// <summary>A post that is due: what the publishing worker needs to know of it.</summary>
/// <param name="Account">The account.</param>
/// <param name="Labels">The account's labels in that version.</param>
/// <param name="Version">The account's version the post was read at.</param>
/// <param name="Post">The post.</param>
public sealed record DuePost(AccountKey Account, AccountLabels Labels, long Version, Post Post);

/// <summary>Takes due posts off the grain's turn. No grain awaits a platform.</summary>
public interface IPublishingQueue
{
    /// <summary>Hands a post over. Never waits.</summary>
    void Enqueue(DuePost post);
}
