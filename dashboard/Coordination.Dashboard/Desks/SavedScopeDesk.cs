using Coordination.Domain;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Scopes;

namespace Coordination.Dashboard.Desks;

/// <summary>Decides by the rules, and asks the database.</summary>
public sealed class SavedScopeDesk(ISavedScopeStore store, ScopeCheck scopes) : ISavedScopeDesk
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<SavedScope>> AllAsync(CancellationToken cancellationToken) => store.AllAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<SavedScope?> FindAsync(string id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

    /// <inheritdoc/>
    public async Task<SavedScopeAnswer> SaveAsync(string id, string? name, Scope scope, long? version, Actor actor, CancellationToken cancellationToken)
    {
        var refusal = await scopes.RunAsync(
            scope, ScopeDecider.ForSaving, known => SavedScopeDecider.Save(id, name, scope, actor, known), cancellationToken);
        if (refusal is not null)
        {
            return new SavedScopeAnswer(refusal, null);
        }

        var named = scope with { Name = name!.Trim() };
        var answer = await store.SaveAsync(id, named, version, actor, cancellationToken);
        return answer == ScopeAnswer.Saved
            ? new SavedScopeAnswer(null, await store.FindAsync(id, cancellationToken))
            : new SavedScopeAnswer(Why(answer, id, named.Name), null);
    }

    /// <inheritdoc/>
    public async Task<SavedScopeAnswer> RemoveAsync(string id, long version, Actor actor, CancellationToken cancellationToken)
    {
        if (SavedScopeDecider.Remove(actor) is { } refusal)
        {
            return new SavedScopeAnswer(refusal, null);
        }

        var answer = await store.RemoveAsync(id, version, actor, cancellationToken);
        return new SavedScopeAnswer(answer == ScopeAnswer.Removed ? null : Why(answer, id, id), null);
    }

    private static Refusal Why(ScopeAnswer answer, string id, string name) => answer switch
    {
        ScopeAnswer.Changed => new Refusal(
            "scope-changed", $"The saved scope '{id}' is another one than you read: somebody has saved it since. Nothing was changed. Read it again, and give its 'version'.", RefusalKind.Conflict),
        ScopeAnswer.NameTaken => new Refusal(
            "scope-name-taken", $"There is a saved scope '{name}' already. Nothing was saved. Take another name, or change that one.", RefusalKind.Conflict),
        ScopeAnswer.TooMany => new Refusal(
            "scopes-too-many", $"There are {SavedScopeDecider.Most} saved scopes, and more do not fit. Nothing was saved. Remove one that nobody uses.", RefusalKind.Conflict),
        ScopeAnswer.Gone => Unknown.SavedScope(id),
        _ => throw new InvalidOperationException($"No words for the answer {answer}."),
    };
}
