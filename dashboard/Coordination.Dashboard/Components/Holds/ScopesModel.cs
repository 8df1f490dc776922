using Coordination.Dashboard.Desks;
using Coordination.Domain;
using Coordination.Domain.Holds;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Components.Holds;

/// <summary>The list of saved scopes, and what is being done to one.</summary>
public sealed class ScopesModel(ISavedScopeDesk desk)
{
    private const string NotKnown = "The database did not answer, so it is not known whether this took. Press the button again: it cannot count twice.";

    /// <summary>The saved scopes, by name; null before they were read.</summary>
    public IReadOnlyList<SavedScope>? Rows { get; private set; }

    /// <summary>Whether the last reading failed.</summary>
    public bool Problem { get; private set; }

    /// <summary>Why the last wish was not carried out; null when it was.</summary>
    public string? Wrong { get; private set; }

    /// <summary>Reads the list.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            Rows = await desk.AllAsync(cancellationToken);
            Problem = false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception)
        {
            Problem = true;
        }
    }

    /// <summary>Forgets what went wrong.</summary>
    public void Calm() => Wrong = null;

    /// <summary>Saves a scope: a new one, or another content or name of one that was read.</summary>
    /// <returns>Whether it is saved.</returns>
    public Task<bool> SaveAsync(SavedScope? former, string name, Scope scope, Actor actor, CancellationToken cancellationToken) => DoAsync(
        () => desk.SaveAsync(former?.Id ?? NewId(name), name, scope, former?.Version, actor, cancellationToken), cancellationToken);

    /// <summary>Removes a scope.</summary>
    /// <returns>Whether it is removed.</returns>
    public Task<bool> RemoveAsync(SavedScope scope, Actor actor, CancellationToken cancellationToken) =>
        DoAsync(() => desk.RemoveAsync(scope.Id, scope.Version, actor, cancellationToken), cancellationToken);

    // The desk's words are for programs, too, which know of versions.
    private static string Words(Refusal refusal) => refusal.Code switch
    {
        "scope-changed" => "Somebody has saved it otherwise since you opened it. Nothing was changed. Leave it as it is, look at theirs, and change that if it is still needed.",
        "scope-unknown" => "Somebody has removed it. Nothing was changed.",
        _ => refusal.Reason,
    };

    // The id is for programs; a person gives a name, and another scope may have had that name before.
    private string NewId(string name)
    {
        var stem = SavedScopeDecider.IdFor(name.Trim()) is { Length: > 0 } id ? id : "scope";
        stem = stem.Length > SavedScopeDecider.LongestId - 4 ? stem[..(SavedScopeDecider.LongestId - 4)].TrimEnd('-') : stem;
        var taken = (Rows ?? []).Where(r => !string.Equals(r.Name, name.Trim(), StringComparison.OrdinalIgnoreCase)).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, SavedScopeDecider.Most + 1).Select(n => n == 1 ? stem : FormattableString.Invariant($"{stem}-{n}")).First(candidate => !taken.Contains(candidate));
    }

    private async Task<bool> DoAsync(Func<Task<SavedScopeAnswer>> wish, CancellationToken cancellationToken)
    {
        try
        {
            Wrong = (await wish()).Refusal is { } refusal ? Words(refusal) : null;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Wrong = NotKnown;
        }

        var done = Wrong is null;
        await LoadAsync(cancellationToken);
        return done;
    }
}
