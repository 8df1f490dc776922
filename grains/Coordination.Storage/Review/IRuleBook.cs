using Coordination.Domain.People;
using Coordination.Domain.Review;

namespace Coordination.Storage.Review;

/// <summary>Keeps the publishing rules that Comms sets.</summary>
public interface IRuleBook
{
    /// <summary>The rules as they are.</summary>
    Task<KeptRules> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Sets them. A repeat of what is there changes nothing.</summary>
    /// <param name="rules">What they say from now on.</param>
    /// <param name="version">The version that was read.</param>
    /// <param name="actor">Who sets them.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False when somebody has changed them since; then nothing was changed.</returns>
    Task<bool> SaveAsync(PublishingRules rules, long version, Actor actor, CancellationToken cancellationToken);
}
