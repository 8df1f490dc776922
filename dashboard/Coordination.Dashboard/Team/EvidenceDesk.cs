using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.Desk;
using Coordination.Storage.Journal;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Team;

/// <summary>The evidence about a post, or why not.</summary>
public sealed record EvidenceAnswer(Evidence? Evidence, Refusal? Refusal);

/// <summary>Keeps what a removed post was, for those who may read its whole life (order 01/25, 2.1 and section 4).</summary>
public interface IEvidenceDesk
{
    /// <summary>Reads it.</summary>
    Task<EvidenceAnswer> ReadAsync(PostId post, Actor actor, CancellationToken cancellationToken);
}

/// <summary>Makes it of the journal's entries about the post and of the task about it: a view, so that it cannot say anything else than they do.</summary>
public sealed class EvidenceDesk(IPostReader posts, IPostLifeDesk lives, Corrections corrections, IDeskRecords records, IBoard board, IReadingRecord reading) : IEvidenceDesk
{
    private const int AtOnce = 500;

    /// <inheritdoc/>
    public async Task<EvidenceAnswer> ReadAsync(PostId post, Actor actor, CancellationToken cancellationToken)
    {
        var life = new List<PostMoment>();
        string? next = null;
        do
        {
            var answer = await lives.ReadAsync(post, AtOnce, next, actor, cancellationToken);
            if (answer is not { Life: { } page })
            {
                return new EvidenceAnswer(null, answer.Refusal);
            }

            life.AddRange(page.Items);
            next = page.Next;
        }
        while (next is not null);

        if (await posts.FindAsync(post.Value, cancellationToken) is not { } row)
        {
            return new EvidenceAnswer(null, Unknown.Post(post.ToString()));
        }

        var task = await records.FindAsync(DeskKinds.Task, post.Value, cancellationToken);
        var name = AccountKey.TryParse(row.Account, out var key) ? board.Accounts.GetValueOrDefault(key)?.Summary.DisplayName : null;
        if (EvidenceMaking.Of(row, name ?? row.Account, life, await corrections.OfAsync(post, cancellationToken), task) is not { } evidence)
        {
            return new EvidenceAnswer(null, new Refusal(
                "no-removal", $"Nobody has asked for the removal of the post {post}, so there is nothing to give evidence of. Its whole life is at GET /api/posts/{post}/life.", RefusalKind.NotFound));
        }

        var what = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["right"] = actor.May(Permission.ReadJournal) ? "readJournal" : "own post", ["postId"] = post.ToString(), ["account"] = row.Account,
        };
        await reading.RecordAsync(ReadingRecord.EvidenceRead, what, actor, cancellationToken);
        return new EvidenceAnswer(evidence, null);
    }
}
