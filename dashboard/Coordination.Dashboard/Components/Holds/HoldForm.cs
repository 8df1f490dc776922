using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Holds;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Components.Holds;

/// <summary>A hold being made out: what is picked, what it would cover, what is still missing.</summary>
public sealed class HoldForm
{
    /// <summary>Which accounts.</summary>
    public ScopeForm Where { get; } = new();

    /// <summary>What the hold lets through.</summary>
    public HoldKind Kind { get; set; } = HoldKind.Freeze;

    /// <summary>Why.</summary>
    public string Reason { get; set; } = "";

    /// <summary>The incident's reference.</summary>
    public string Incident { get; set; } = "";

    /// <summary>When to look again, as the field holds it.</summary>
    public string ReviewAt { get; set; } = "";

    /// <summary>When it ends by itself, as the field holds it; counts for a hold that asks for approval alone.</summary>
    public string EndsAt { get; set; } = "";

    /// <summary>Staff ids that a central coordination lets through besides Comms.</summary>
    public SortedSet<string> NamedPosters { get; } = new(StringComparer.Ordinal);

    /// <summary>The wish, once nothing is missing.</summary>
    public HoldWish ToWish() => new(
        Kind,
        Where.Scope,
        Reason.Trim(),
        Kind == HoldKind.CentralCoordination && NamedPosters.Count > 0 ? [.. NamedPosters] : null,
        string.IsNullOrWhiteSpace(Incident) ? null : Incident.Trim(),
        UkTime.TryParse(ReviewAt, out var review) ? review : null,
        MayEnd && UkTime.TryParse(EndsAt, out var end) ? end : null);

    /// <summary>What is missing or wrong, by field: <c>scope reason incident review end</c>.</summary>
    public IReadOnlyDictionary<string, string> Missing(Actor actor, DateTimeOffset now)
    {
        var missing = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Where.Scope.IsEmpty)
        {
            missing["scope"] = "Choose which accounts. Nothing is held yet.";
        }

        if (string.IsNullOrWhiteSpace(Reason))
        {
            missing["reason"] = "Say why in a few words. The people whose accounts stop will read it.";
        }
        else if (Reason.Trim().Length > HoldDecider.LongestReason)
        {
            missing["reason"] = $"{HoldDecider.LongestReason} characters fit; this has {Reason.Trim().Length}.";
        }

        if (string.IsNullOrWhiteSpace(Incident) && !actor.May(Permission.PlaceHoldWithoutIncident))
        {
            missing["incident"] = $"{actor.Role.Name()} places a hold at an incident: give its reference.";
        }

        if (ReviewAt.Length > 0 && (!UkTime.TryParse(ReviewAt, out var review) || review <= now))
        {
            missing["review"] = "Choose a time that is still to come, or leave it empty.";
        }

        if (MayEnd && EndsAt.Length > 0 && (!UkTime.TryParse(EndsAt, out var end) || end <= now))
        {
            missing["end"] = "Choose a time that is still to come, or leave it empty: then it stands until it is lifted.";
        }

        return missing;
    }

    private bool MayEnd => Kind == HoldKind.ApprovalRequired;
}
