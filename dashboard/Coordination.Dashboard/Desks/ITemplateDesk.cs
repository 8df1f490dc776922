using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Templates;
using Coordination.Storage.Templates;

namespace Coordination.Dashboard.Desks;

/// <summary>What came of a wish about a template: either why nothing was done, or how it is now.</summary>
/// <param name="Refusal">Why not; null when it was done.</param>
/// <param name="Template">As it is saved; null when it was refused or removed.</param>
public sealed record TemplateAnswer(Refusal? Refusal, PostTemplate? Template);

/// <summary>Where templates are asked for, by pages and API alike.</summary>
public interface ITemplateDesk
{
    /// <summary>All of them, by name.</summary>
    Task<IReadOnlyList<PostTemplate>> AllAsync(CancellationToken cancellationToken);

    /// <summary>One; null when there is none of that id.</summary>
    Task<PostTemplate?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Saves one. Repeating the same wish is safe.</summary>
    /// <param name="wish">How it is to be, as asked for.</param>
    /// <param name="version">The version that was read; null for a new one.</param>
    /// <param name="actor">Who saves it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<TemplateAnswer> SaveAsync(TemplateWish wish, long? version, Actor actor, CancellationToken cancellationToken);

    /// <summary>Removes one. Posts that were begun with it stand as they are.</summary>
    Task<TemplateAnswer> RemoveAsync(string id, long version, Actor actor, CancellationToken cancellationToken);
}
