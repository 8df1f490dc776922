using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Review;

namespace Coordination.Dashboard.Desks;

/// <summary>What came of a wish to set the rules: either why nothing was done, or how they are now.</summary>
/// <param name="Refusal">Why not; null when it was done.</param>
/// <param name="Rules">As they are kept; null when it was refused.</param>
public sealed record RulesAnswer(Refusal? Refusal, KeptRules? Rules);

/// <summary>Where the publishing rules are read and set, by pages and API alike.</summary>
public interface IRulesDesk
{
    /// <summary>The rules as they are.</summary>
    Task<KeptRules> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Sets them. Repeating the same wish is safe.</summary>
    /// <param name="rules">What they say from now on.</param>
    /// <param name="version">The version that was read.</param>
    /// <param name="actor">Who sets them.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<RulesAnswer> SaveAsync(PublishingRules rules, long version, Actor actor, CancellationToken cancellationToken);
}
