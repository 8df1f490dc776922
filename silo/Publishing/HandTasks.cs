using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Tasks;
using Coordination.Storage.Desk;

namespace Coordination.Silo.Publishing;

/// <summary>Opens tasks for people where the service cannot do on a platform what is wished.</summary>
/// <remarks>A post has one task for its deletion, of the post's own id: asked again, it is found, and opened again once it was done.</remarks>
internal sealed class HandTasks(IDeskRecords records, TimeProvider time)
{
    /// <summary>Asks a person to delete a post by hand. Safe to repeat.</summary>
    public async Task AskDeleteAsync(AccountKey account, Post post, string why, CancellationToken cancellationToken)
    {
        // Whoever else opened it meanwhile has opened the same one: then the second look finds it open.
        for (var saved = false; !saved;)
        {
            var known = await records.FindAsync(DeskKinds.Task, post.Id.Value, cancellationToken);
            var decision = TaskDecider.AskDelete(known?.Body, account, post.Id, PublicLink.Of(post.About?.PartsOut is [var first, ..] ? first.Url : post.Url), why, time.GetUtcNow().ToMicroseconds());
            saved = decision is not Decision<Change<StaffTask>>.Accepted { Events: [var change] }
                || await records.SaveAsync(DeskKinds.Task, post.Id.Value, known?.Version ?? 0, change, Actor.System, null, cancellationToken);
        }
    }
}
