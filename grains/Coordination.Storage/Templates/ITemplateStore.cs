using Coordination.Domain.People;
using Coordination.Domain.Templates;

namespace Coordination.Storage.Templates;

/// <summary>What came of a wish to save a template or to remove one.</summary>
public enum TemplateOutcome
{
    /// <summary>It is saved, or was already, just so.</summary>
    Saved,

    /// <summary>It is removed.</summary>
    Removed,

    /// <summary>Somebody has changed it since it was read, or it is there although it was to be new. Nothing was changed.</summary>
    Changed,

    /// <summary>There is none of that id. Nothing was changed.</summary>
    Gone,

    /// <summary>Another has the name. Nothing was changed.</summary>
    NameTaken,

    /// <summary>There are as many as there may be. Nothing was changed.</summary>
    TooMany,
}

/// <summary>What a template is to be.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Text">Its words, with fields in braces.</param>
/// <param name="Hint">What it is for; null for nothing.</param>
public sealed record TemplateWish(string Id, string Name, string Text, string? Hint);

/// <summary>Keeps templates.</summary>
public interface ITemplateStore
{
    /// <summary>All of them, by name.</summary>
    Task<IReadOnlyList<PostTemplate>> AllAsync(CancellationToken cancellationToken);

    /// <summary>One; null when there is none of that id.</summary>
    Task<PostTemplate?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Saves one. A repeat of what is there changes nothing.</summary>
    /// <param name="wish">How it is to be.</param>
    /// <param name="version">The version that was read; null for a new one.</param>
    /// <param name="actor">Who saves it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<TemplateOutcome> SaveAsync(TemplateWish wish, long? version, Actor actor, CancellationToken cancellationToken);

    /// <summary>Removes one. Posts that were begun with it stand as they are.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="version">The version that was read.</param>
    /// <param name="actor">Who removes it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<TemplateOutcome> RemoveAsync(string id, long version, Actor actor, CancellationToken cancellationToken);
}
