using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Accounts;
using Coordination.Domain.Drafts;
using Coordination.Domain.Holds;
using Coordination.Domain.Review;

namespace Coordination.Dashboard.Components.Incidents;

/// <summary>The one line that all accounts of a takeover, or of a hold that people placed for an incident, say: a draft for every account that it covers, with the incident's reference and what its rule suggests to say.</summary>
public static class AgreedLine
{
    /// <summary>What a holding statement names the places of the takeover by.</summary>
    public const string Areas = "{areas}";

    /// <summary>Begins one.</summary>
    /// <param name="hold">The hold; it stands, and was placed for an incident.</param>
    /// <param name="statement">What its rule suggests to say; null where there is no such thing, or where a line was said already.</param>
    /// <param name="accounts">The accounts that it covers, as far as they are the writer's to publish on.</param>
    public static DraftContent Of(Hold hold, string? statement, IReadOnlyList<AccountKey> accounts) => new(
        Begin(statement, hold.Scope),
        accounts,
        null,
        PostAbout.Nothing with { Topic = PostTopic.Incident, Incident = hold.Incident })
    {
        Line = hold.Id,
    };

    /// <summary>What a rule suggests to say, with the places of what it covers filled in.</summary>
    public static string Begin(string? statement, Scope scope) => (statement ?? "").Replace(Areas, Where(scope), StringComparison.Ordinal);

    private static string Where(Scope scope) => (scope.Areas, scope.Stations) switch
    {
        ({ Count: > 0 } areas, _) => Names.And([.. areas.Select(Names.Place)]),
        (_, { Count: > 0 } stations) => Names.And([.. stations.Select(Names.Place)]),
        _ => "the West Midlands",
    };
}
