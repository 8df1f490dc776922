using Coordination.Dashboard.Desks;
using Coordination.Domain.Drafts;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Components.Drafts;

/// <summary>Keeps what is typed, a moment after it was typed; and says when somebody else writes at the same draft. Nothing is lost either way.</summary>
public sealed class DraftKeeper(IDraftDesk desk) : IDisposable
{
    // A saving that takes longer than a beat must not meet the next one: it would find its own words as somebody else's.
    private readonly SemaphoreSlim _turn = new(1);
    private string _kept = "";
    private string _seen = "";
    private int _sinceLook;

    /// <summary>Beats between two looks at what others did, while nothing is typed here.</summary>
    public const int LookEvery = 4;

    /// <summary>The draft's id; null before anything is kept.</summary>
    public Guid? Id { get; private set; }

    /// <summary>The draft as it was kept or read last; null before that.</summary>
    public Draft? Draft { get; private set; }

    /// <summary>Somebody else's draft that came in between: a person decides. Nothing is kept meanwhile.</summary>
    public Draft? Theirs { get; private set; }

    /// <summary>Why it cannot be kept; null when it is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether something was typed that is not kept yet.</summary>
    public bool Unkept => Id is not null && !string.Equals(_seen, _kept, StringComparison.Ordinal);

    /// <summary>Opens a draft.</summary>
    /// <returns>What it says; null when it cannot be opened.</returns>
    public async Task<DraftContent?> OpenAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            var result = await desk.FindAsync(id, actor, cancellationToken);
            Problem = result.Refusal?.Reason;
            return result.Draft is { } draft ? Take(draft) : null;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Problem = "The draft cannot be read now: the database does not answer. Nothing of it is lost; open it again in a moment.";
            return null;
        }
    }

    /// <summary>Takes what is there: from here on it is what this page goes on with.</summary>
    public DraftContent Take(Draft draft)
    {
        (Id, Draft, Theirs, Problem) = (draft.Id, draft, null, null);
        _kept = _seen = Mark(draft.Content);
        return draft.Content;
    }

    /// <summary>Goes on with what is typed here, over what somebody else saved; their words stay with the draft.</summary>
    public void GoOn()
    {
        if (Theirs is { } theirs)
        {
            (Draft, Theirs) = (theirs, null);
            _kept = "";
        }
    }

    /// <summary>What the page shows of a draft it took. A page leaves out what it cannot show, such as seconds: that alone is no change.</summary>
    public void Shown(DraftContent content) => _kept = _seen = Mark(content);

    /// <summary>Called once a second: keeps what has not changed since the last beat, and was not kept.</summary>
    /// <param name="page">What is on the page now.</param>
    /// <param name="actor">Who types.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What another has written meanwhile, when nothing was typed here: the page shows it. Null otherwise.</returns>
    public async Task<DraftContent?> BeatAsync(Func<DraftContent> page, Actor actor, CancellationToken cancellationToken)
    {
        if (!await _turn.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return null;
        }

        try
        {
            return await BeatInTurnAsync(page, actor, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<DraftContent?> BeatInTurnAsync(Func<DraftContent> page, Actor actor, CancellationToken cancellationToken)
    {
        var content = page();
        var mark = Mark(content);
        var resting = string.Equals(mark, _seen, StringComparison.Ordinal);
        _seen = mark;
        if (Theirs is not null || !resting)
        {
            return null;
        }

        if (IsNew(content, mark))
        {
            await SaveAsync(content, mark, actor, cancellationToken);
            return null;
        }

        return Id is not null && ++_sinceLook >= LookEvery ? await LookAsync(page, actor, cancellationToken) : null;
    }

    /// <summary>Keeps what is not kept yet, at once: another draft is to be opened here.</summary>
    public async Task LeaveAsync(DraftContent content, Actor actor, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Nobody has chosen yet whose words stand: these become a draft of their own.
            if (Theirs is not null)
            {
                Forget();
            }

            if (IsNew(content, Mark(content)))
            {
                await SaveAsync(content, Mark(content), actor, cancellationToken);
            }

            Forget();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>It was sent: the draft has done its work. What somebody else wrote at it meanwhile stays.</summary>
    public async Task SentAsync(Actor actor, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (Draft is { } draft)
            {
                await desk.DiscardAsync(draft.Id, draft.Revision, actor, cancellationToken);
            }
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // It stays in the list, where it can be discarded.
            Problem = "It was sent. Its draft could not be taken out of the list; discard it there.";
        }
        finally
        {
            Forget();
            _turn.Release();
        }
    }

    private void Forget()
    {
        (Id, Draft, Theirs) = (null, null, null);
        _kept = _seen = "";
    }

    // An empty page is no draft; one that was emptied is.
    private bool IsNew(DraftContent content, string mark) =>
        !string.Equals(mark, _kept, StringComparison.Ordinal) && (Id is not null || !string.IsNullOrWhiteSpace(content.Text) || content.About.Images.Count > 0 || content.About.Thread.Count > 0);

    private async Task SaveAsync(DraftContent content, string mark, Actor actor, CancellationToken cancellationToken)
    {
        Id ??= Guid.CreateVersion7();
        try
        {
            var result = await desk.SaveAsync(Id.Value, Draft?.Revision ?? 0, content, actor, cancellationToken);
            switch (result)
            {
                case { Refusal: null, Draft: { } kept }:
                    (Draft, Problem) = (kept, null);
                    _kept = mark;
                    break;
                case { Refusal.Code: "draft-changed", Draft: { } theirs }:
                    Theirs = theirs;
                    break;

                // Sent or discarded elsewhere: what is typed here becomes a draft of its own.
                case { Refusal.Code: "draft-unknown" }:
                    (Id, Draft, Problem) = (null, null, "This draft was sent or discarded by somebody else. What you type is kept as a new one.");
                    break;
                default:
                    Problem = result.Refusal?.Reason;
                    _kept = mark;
                    break;
            }
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Problem = "Not kept: the database does not answer. Your words are on this page, and are tried again.";
        }
    }

    private async Task<DraftContent?> LookAsync(Func<DraftContent> page, Actor actor, CancellationToken cancellationToken)
    {
        _sinceLook = 0;
        try
        {
            var now = (await desk.FindAsync(Id!.Value, actor, cancellationToken)).Draft;

            // What was typed while this was read is not written over: its saving will find theirs.
            return now?.Revision > (Draft?.Revision ?? 0) && string.Equals(Mark(page()), _kept, StringComparison.Ordinal) ? Take(now) : null;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string Mark(DraftContent c) =>
        $"{c.Text}\n{c.Line}\n{c.Plan}\n{string.Join(',', c.Accounts)}\n{c.DueAt:O}\n{c.About.Topic}\n{c.About.Incident}\n{string.Join('|', c.About.Answers.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => a.Key + "=" + a.Value))}\n{string.Join('|', c.About.Images)}\n{string.Join('|', c.About.Thread)}\n{string.Join('|', c.Variants.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => v.Key + "=" + v.Value))}";
}
