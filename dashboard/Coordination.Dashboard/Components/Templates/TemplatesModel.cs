using Coordination.Dashboard.Desks;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Templates;
using Coordination.Storage.Templates;

namespace Coordination.Dashboard.Components.Templates;

/// <summary>The list of templates, and what is being done to one.</summary>
public sealed class TemplatesModel(ITemplateDesk desk)
{
    private const string NotKnown = "The database did not answer, so it is not known whether this took. Your words are on this page. Press the button again: it cannot count twice.";

    /// <summary>The templates, by name; null before they were read.</summary>
    public IReadOnlyList<PostTemplate>? Rows { get; private set; }

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

    /// <summary>Saves what is typed: a new template, or another form of one that was read.</summary>
    /// <returns>Whether it is saved.</returns>
    public async Task<bool> SaveAsync(TemplateForm form, Actor actor, CancellationToken cancellationToken)
    {
        Wrong = form.Missing;
        return Wrong is null && await DoAsync(
            () => desk.SaveAsync(new TemplateWish(form.Former?.Id ?? NewId(form.Name), form.Name, form.Text, form.Hint), form.Former?.Version, actor, cancellationToken), cancellationToken);
    }

    /// <summary>Removes a template.</summary>
    /// <returns>Whether it is removed.</returns>
    public Task<bool> RemoveAsync(PostTemplate template, Actor actor, CancellationToken cancellationToken) =>
        DoAsync(() => desk.RemoveAsync(template.Id, template.Version, actor, cancellationToken), cancellationToken);

    // The desk's words are for programs, too, which know of versions.
    private static string Words(Refusal refusal) => refusal.Code switch
    {
        "template-changed" => "Somebody has saved it otherwise since you opened it. Nothing was changed. Copy what you still need, leave it as it is, look at theirs, and change that.",
        "template-unknown" => "Somebody has removed it. Nothing was changed.",
        _ => refusal.Reason,
    };

    // The id is for programs; a person gives a name, and another template may have had that name before.
    private string NewId(string name)
    {
        var stem = TemplateDecider.IdFor(name.Trim()) is { Length: > 0 } id ? id : "template";
        stem = stem.Length > TemplateDecider.LongestId - 4 ? stem[..(TemplateDecider.LongestId - 4)].TrimEnd('-') : stem;
        var taken = (Rows ?? []).Where(r => !string.Equals(r.Name, name.Trim(), StringComparison.OrdinalIgnoreCase)).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, TemplateDecider.Most + 1).Select(n => n == 1 ? stem : FormattableString.Invariant($"{stem}-{n}")).First(candidate => !taken.Contains(candidate));
    }

    private async Task<bool> DoAsync(Func<Task<TemplateAnswer>> wish, CancellationToken cancellationToken)
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
