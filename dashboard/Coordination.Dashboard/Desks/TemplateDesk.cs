using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Templates;
using Coordination.Storage.Templates;

namespace Coordination.Dashboard.Desks;

/// <summary>Decides by the rules, and asks the database.</summary>
public sealed class TemplateDesk(ITemplateStore store) : ITemplateDesk
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<PostTemplate>> AllAsync(CancellationToken cancellationToken) => store.AllAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<PostTemplate?> FindAsync(string id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

    /// <inheritdoc/>
    public async Task<TemplateAnswer> SaveAsync(TemplateWish wish, long? version, Actor actor, CancellationToken cancellationToken)
    {
        if (TemplateDecider.Save(wish.Id, wish.Name, wish.Text, wish.Hint, actor) is { } refusal)
        {
            return new TemplateAnswer(refusal, null);
        }

        var tidy = wish with { Name = wish.Name.Trim(), Hint = string.IsNullOrWhiteSpace(wish.Hint) ? null : wish.Hint.Trim() };
        var outcome = await store.SaveAsync(tidy, version, actor, cancellationToken);
        return outcome == TemplateOutcome.Saved
            ? new TemplateAnswer(null, await store.FindAsync(tidy.Id, cancellationToken))
            : new TemplateAnswer(Why(outcome, tidy.Id, tidy.Name), null);
    }

    /// <inheritdoc/>
    public async Task<TemplateAnswer> RemoveAsync(string id, long version, Actor actor, CancellationToken cancellationToken)
    {
        if (TemplateDecider.Remove(actor) is { } refusal)
        {
            return new TemplateAnswer(refusal, null);
        }

        var outcome = await store.RemoveAsync(id, version, actor, cancellationToken);
        return new TemplateAnswer(outcome == TemplateOutcome.Removed ? null : Why(outcome, id, id), null);
    }

    private static Refusal Why(TemplateOutcome outcome, string id, string name) => outcome switch
    {
        TemplateOutcome.Changed => new Refusal(
            "template-changed", $"The template '{id}' is another one than you read: somebody has saved it since. Nothing was changed. Read it again, and give its 'version'.", RefusalKind.Conflict),
        TemplateOutcome.NameTaken => new Refusal(
            "template-name-taken", $"There is a template '{name}' already. Nothing was saved. Take another name, or change that one.", RefusalKind.Conflict),
        TemplateOutcome.TooMany => new Refusal(
            "templates-too-many", $"There are {TemplateDecider.Most} templates, and more do not fit. Nothing was saved. Remove one that nobody uses.", RefusalKind.Conflict),
        TemplateOutcome.Gone => Unknown.Template(id),
        _ => throw new InvalidOperationException($"No words for the outcome {outcome}."),
    };
}
