using Coordination.Dashboard.Live;
using Coordination.Domain;
using Coordination.Domain.Drafts;
using Coordination.Domain.People;
using Coordination.Storage.Drafts;

namespace Coordination.Dashboard.Desks;

/// <summary>Decides by the rules, and asks the database.</summary>
public sealed class DraftDesk(IDraftStore store, IBoard board) : IDraftDesk
{
    // More than anybody looks through; what is older is found by its address.
    private const int MostLooked = 500;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Draft>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        var own = await store.OfWriterAsync(actor.Id, DraftRules.Most, cancellationToken);
        var others = await store.OfOthersAsync(actor.Id, MostLooked, cancellationToken);
        return [.. own.Concat(others.Where(d => MayOpen(d, actor))).OrderByDescending(d => d.SavedAt)];
    }

    /// <inheritdoc/>
    public async Task<DraftResult> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } draft && MayOpen(draft, actor) ? new DraftResult(null, draft) : NotThere(id);

    /// <inheritdoc/>
    public async Task<DraftResult> SaveAsync(Guid id, int revision, DraftContent content, Actor actor, CancellationToken cancellationToken)
    {
        if (DraftRules.Check(content, actor) is { } refusal)
        {
            return new DraftResult(refusal, null);
        }

        var former = await store.FindAsync(id, cancellationToken);
        if (former is not null && !MayOpen(former, actor))
        {
            return NotThere(id);
        }

        // An account that is not there would be kept for nobody.
        if (content.Accounts.Where(a => !board.Accounts.ContainsKey(a)).Select(a => a.Value).FirstOrDefault() is { } strange)
        {
            return new DraftResult(Unknown.Account(strange), null);
        }

        var answer = await store.SaveAsync(id, revision, content, actor, cancellationToken);
        var now = await store.FindAsync(id, cancellationToken);
        return answer switch
        {
            DraftAnswer.Saved => new DraftResult(null, now),
            DraftAnswer.Changed => new DraftResult(
                new Refusal("draft-changed", $"{now?.SavedByName ?? "Somebody"} has saved this draft otherwise since you read it. Nothing of yours was kept, and nothing of theirs changed. Look at theirs, and save with its 'revision'.", RefusalKind.Conflict),
                now),
            DraftAnswer.TooMany => new DraftResult(
                new Refusal("drafts-too-many", $"{actor.Name} has {DraftRules.Most} drafts, and more do not fit. This one was not kept. Discard some.", RefusalKind.Conflict), null),
            _ => NotThere(id),
        };
    }

    /// <inheritdoc/>
    public async Task<DraftResult> DiscardAsync(Guid id, int revision, Actor actor, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } draft || !MayOpen(draft, actor))
        {
            return NotThere(id);
        }

        return await store.DiscardAsync(id, revision, cancellationToken)
            ? new DraftResult(null, null)
            : new DraftResult(
                new Refusal("draft-changed", $"{draft.SavedByName} has saved this draft otherwise since you read it. It was not discarded. Look at it again.", RefusalKind.Conflict), draft);
    }

    private bool MayOpen(Draft draft, Actor actor) => DraftRules.MayOpen(
        draft.WriterId, [.. draft.Content.Accounts.Select(a => (a, board.Accounts.GetValueOrDefault(a)?.Summary.Labels))], actor);

    private static DraftResult NotThere(Guid id) => new(
        new Refusal("draft-unknown", $"There is no draft '{id}' that is yours to open. It may have been sent or discarded. Nothing was changed.", RefusalKind.NotFound), null);
}
