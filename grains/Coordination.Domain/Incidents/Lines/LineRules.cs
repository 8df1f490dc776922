using Coordination.Domain.Holds;
using Coordination.Domain.People;

namespace Coordination.Domain.Incidents.Lines;

/// <summary>Who may say the agreed line of a hold: whom the hold lets through (order 01/25, 2.1). The fence decides again about each post.</summary>
public static class LineRules
{
    /// <summary>Why this person may not say the line of this hold; null when they may.</summary>
    /// <remarks>That the hold still stands is asked where the line is written, so that a repeat of what took is answered as before.</remarks>
    public static Refusal? Check(Hold hold, Actor actor)
    {
        if (!actor.May(Permission.PublishLocal) && !actor.May(Permission.PublishCorporate))
        {
            return new Refusal(
                "forbidden", $"{actor.Name} ({actor.Role.Name()}) may not publish. Nothing was sent. Who may: {PermissionMatrix.WhoMayInWords(Permission.PublishLocal)}.", RefusalKind.Forbidden);
        }

        if (hold.Kind != HoldKind.CentralCoordination)
        {
            return new Refusal(
                "line-not-central",
                $"{hold.Id} is no central coordination ({hold.Kind.Name().ToLowerInvariant()}), so no agreed line is said under it. Nothing was sent. Place a central coordination for the incident first.",
                RefusalKind.Conflict);
        }

        if (hold.Incident is null)
        {
            return new Refusal(
                "line-no-incident", $"{hold.Id} was placed for no incident, so it has no agreed line. Nothing was sent. Send an ordinary message instead.", RefusalKind.Conflict);
        }

        return hold.NamedPosters.Contains(actor.Id, StringComparer.Ordinal)
            ? null
            : new Refusal(
                "line-forbidden",
                $"{hold.Id} lets only Comms and the people it names speak, and {actor.Name} is none of them. Nothing was sent. Ask Comms to say the line.",
                RefusalKind.Forbidden);
    }
}
