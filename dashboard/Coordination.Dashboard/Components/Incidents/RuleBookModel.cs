using Coordination.Dashboard.Incidents;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Components.Incidents;

/// <summary>The rules about incidents on a page: those in force, the draft, and what is being typed of it.</summary>
public sealed class RuleBookModel(RuleBookDesk desk, IRuleBookStore store)
{
    /// <summary>As they were read last; null before.</summary>
    public RuleBookView? View { get; private set; }

    /// <summary>The versions, the newest first.</summary>
    public IReadOnlyList<RuleBookVersion> Versions { get; private set; } = [];

    /// <summary>The rules being edited; null while nobody edits.</summary>
    public List<RuleEdit>? Editing { get; private set; }

    /// <summary>The one that is open in the editor.</summary>
    public RuleEdit? Open { get; set; }

    /// <summary>Whether they could not be read the last time.</summary>
    public bool Problem { get; private set; }

    /// <summary>Whether a wish is under way.</summary>
    public bool Busy { get; private set; }

    /// <summary>Why the last wish was not carried out.</summary>
    public string? Wrong { get; private set; }

    /// <summary>What each version changed of the one before, by number; filled as it is asked for.</summary>
    public Dictionary<int, IReadOnlyList<string>> Changes { get; } = [];

    private int _editedRevision;

    /// <summary>Reads them. What is being typed stays.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            (View, Versions, Problem) = (await desk.ReadAsync(cancellationToken), await store.VersionsAsync(cancellationToken), false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Problem = true;
        }
    }

    /// <summary>Begins to edit: the draft, or a copy of the version in force.</summary>
    public void Edit()
    {
        if (View is not { } view)
        {
            return;
        }

        _editedRevision = view.Draft?.Revision ?? 0;
        Editing = [.. (view.Draft?.Rules ?? view.Current.Rules).OrderBy(r => r.Priority).Select(RuleEdit.Of)];
        (Open, Wrong) = (null, null);
    }

    /// <summary>Adds a rule and opens it.</summary>
    public void Add()
    {
        var next = (Editing!.Max(r => r.Priority) ?? 0) + 1;
        Editing!.Add(Open = new RuleEdit { Priority = next });
    }

    /// <summary>Ends editing without keeping it.</summary>
    public void Leave() => (Editing, Open, Wrong) = (null, null, null);

    /// <summary>Keeps what was typed as the draft.</summary>
    public async Task<bool> SaveAsync(Actor actor, CancellationToken cancellationToken)
    {
        var saved = await RunAsync(() => desk.SaveAsync([.. Editing!.Select(r => r.ToRule())], _editedRevision, actor, cancellationToken), cancellationToken);
        if (saved)
        {
            Leave();
        }

        return saved;
    }

    /// <summary>Takes a step of the draft as it was read.</summary>
    public Task<bool> StepAsync(DraftStep step, string? note, Actor actor, CancellationToken cancellationToken) =>
        RunAsync(() => desk.StepAsync(step, View?.Draft?.Revision ?? 0, note, actor, cancellationToken), cancellationToken);

    /// <summary>Finds out what a version changed of the one before.</summary>
    public async Task CompareAsync(int version, CancellationToken cancellationToken)
    {
        if (Changes.ContainsKey(version))
        {
            return;
        }

        try
        {
            if (await store.FindAsync(version, cancellationToken) is { } after && await store.FindAsync(version - 1, cancellationToken) is { } before)
            {
                Changes[version] = [.. RuleBookDiff.Of(before, after).Select(c => c.Words)];
            }
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Problem = true;
        }
    }

    private async Task<bool> RunAsync(Func<Task<RuleBookAnswer>> wish, CancellationToken cancellationToken)
    {
        if (Busy)
        {
            return false;
        }

        Busy = true;
        try
        {
            Wrong = (await wish()).Refusal?.Reason;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Wrong = "The database did not answer, so it is not known whether this was taken. Read the page again before pressing the button once more.";
        }
        finally
        {
            Busy = false;
        }

        var done = Wrong is null;
        await LoadAsync(cancellationToken);
        return done;
    }
}
