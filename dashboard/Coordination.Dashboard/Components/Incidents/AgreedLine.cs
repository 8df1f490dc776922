using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Accounts;
using Coordination.Domain.Drafts;
using Coordination.Domain.Review;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Components.Incidents;

/// <summary>The one line that all accounts of a takeover say: a draft for every account that it covers, with the incident's reference and what its rule suggests to say.</summary>
public static class AgreedLine
{
    /// <summary>What a holding statement names the places of the takeover by.</summary>
    public const string Areas = "{areas}";

    /// <summary>Begins one.</summary>
    /// <param name="takeover">The takeover; its hold stands.</param>
    /// <param name="accounts">The accounts that it covers, as far as they are the writer's to publish on.</param>
    public static DraftContent Of(Takeover takeover, IReadOnlyList<AccountKey> accounts) => new(
        (takeover.Statement ?? "").Replace(Areas, Where(takeover), StringComparison.Ordinal),
        accounts,
        null,
        PostAbout.Nothing with { Topic = PostTopic.Incident, Incident = takeover.Number });

    private static string Where(Takeover takeover) => (takeover.Scope.Areas, takeover.Scope.Stations) switch
    {
        ({ Count: > 0 } areas, _) => Names.And([.. areas.Select(Names.Place)]),
        (_, { Count: > 0 } stations) => Names.And([.. stations.Select(Names.Place)]),
        _ => "the West Midlands",
    };
}
