using Coordination.Dashboard.Desks;
using Coordination.Domain.Tasks;
using Coordination.Storage.Desk;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Team;

/// <summary>Makes the evidence of a post's life. Pure.</summary>
public static class EvidenceMaking
{
    /// <summary>Makes it.</summary>
    /// <param name="post">The post.</param>
    /// <param name="displayName">Its account's name.</param>
    /// <param name="life">All of its life, oldest first.</param>
    /// <param name="corrections">The posts that correct it, in order.</param>
    /// <param name="task">The task for its deletion; null when there is none.</param>
    /// <returns>Null when nobody asked for its removal, and it is not removed.</returns>
    public static Evidence? Of(PostRow post, string displayName, IReadOnlyList<PostMoment> life, IReadOnlyList<PostRow> corrections, DeskRecord<StaffTask>? task)
    {
        var removal = life.Select(Step).OfType<EvidenceStep>().ToArray();
        if (removal.Length == 0)
        {
            return null;
        }

        // What was said last before it went out is what went out.
        var before = life.TakeWhile(m => m.Event is not "post-published").ToArray();
        var published = life.FirstOrDefault(m => m.Event is "post-published");
        var parts = PartsOf(post);
        return new Evidence
        {
            Post = post.Id,
            Account = post.Account,
            DisplayName = displayName,
            Platform = post.Account[..post.Account.IndexOf('/', StringComparison.Ordinal)],
            Text = parts is null ? before.LastOrDefault(m => m.Text is not null)?.Text ?? post.Text : string.Join("\n\n", parts.Select(p => p.Text)),
            Parts = parts,
            Changes = ChangesOf(corrections),
            Media = [.. (post.About?.Images ?? []).Select(i => new EvidenceMedia(i.Hash, i.Alt))],
            WrittenBy = before.LastOrDefault(m => m.Text is not null)?.ActorName ?? post.PosterName,
            GoesOutFor = post.PosterName,
            PublishedAt = post.PublishedAt ?? published?.At ?? parts?[^1].PublishedAt,
            Url = published?.Url ?? post.Url ?? parts?[0].Url,
            Removal = removal,
            Task = task is null ? null : new EvidenceTask(task.Id, task.Body.Open, task.Body.DoneByName, task.Body.DoneAt, task.Body.Note),
            Entries = [.. life.Select(m => new EvidenceEntry(m.Number, m.At, m.Event, m.Hash))],
        };
    }

    private static EvidenceChange[]? ChangesOf(IReadOnlyList<PostRow> corrections)
    {
        var changes = corrections.Where(Corrections.IsOutOver).Select(c => new EvidenceChange(c.Id, c.Text, c.PublishedAt!.Value, c.PosterName)).ToArray();
        return changes.Length == 0 ? null : changes;
    }

    // Nobody changes a thread of which a part is out.
    private static IReadOnlyList<EvidencePart>? PartsOf(PostRow post) => post.About is { PartsOut: { Count: > 0 } sent } about
        ? [.. about.Thread.Prepend(post.Text).Zip(sent, (text, part) => new EvidencePart(text, part.At, part.Url))]
        : null;

    private static EvidenceStep? Step(PostMoment moment) => moment.Event switch
    {
        "post-removal-asked" => new EvidenceStep(moment.At, "asked", moment.ActorName, moment.Why),
        "post-not-removed" => new EvidenceStep(moment.At, "refused", moment.ActorName, moment.Why),
        "post-removed" => new EvidenceStep(moment.At, "removed", moment.ActorName, moment.Why),
        _ => null,
    };
}
