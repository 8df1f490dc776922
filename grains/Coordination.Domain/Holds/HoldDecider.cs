using Coordination.Domain.People;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Holds;

/// <summary>A hold that somebody wishes to place.</summary>
/// <param name="Kind">What it would let through.</param>
/// <param name="Scope">What it would cover.</param>
/// <param name="Reason">Why.</param>
/// <param name="NamedPosters">Staff ids that a central coordination lets through besides Comms.</param>
/// <param name="Incident">The incident's reference.</param>
/// <param name="ReviewAt">When somebody should look again (UTC).</param>
/// <param name="EndsAt">When it should end by itself (UTC); null for never.</param>
public sealed record HoldWish(
    HoldKind Kind,
    Scope Scope,
    string? Reason,
    IReadOnlyList<string>? NamedPosters,
    string? Incident,
    DateTimeOffset? ReviewAt,
    DateTimeOffset? EndsAt = null);

/// <summary>The rules about who may place and lift which hold. Pure; the fence then decides the order of things.</summary>
public static partial class HoldDecider
{
    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = 1000;

    /// <summary>A reason that the service puts together, cut to what fits.</summary>
    public static string Shorten(string reason) => reason.Length <= LongestReason ? reason : StorableText.Clean(reason, LongestReason - 3) + "...";

    /// <summary>Longest incident reference, in characters.</summary>
    public const int LongestIncident = 200;

    /// <summary>Most named posters.</summary>
    public const int MostNamedPosters = 500;

    /// <summary>Longest id of anything, in characters.</summary>
    public const int LongestId = 200;

    /// <summary>Decides whether the wish may go to the fence.</summary>
    /// <returns>Null when it may.</returns>
    public static Refusal? Place(HoldWish wish, Actor actor, KnownLabels known, DateTimeOffset now)
    {
        if (!actor.May(Permission.PlaceHold))
        {
            return Forbidden(actor, "place a hold", Permission.PlaceHold);
        }

        if (string.IsNullOrWhiteSpace(wish.Reason))
        {
            return new Refusal("reason-missing", "A hold needs a reason. Nothing was held. Say why in a few words; the people whose accounts it stops will read it.");
        }

        if (wish.Reason.Length > LongestReason)
        {
            return new Refusal("reason-too-long", $"The reason has {wish.Reason.Length} characters; {LongestReason} fit. Nothing was held.");
        }

        if (string.IsNullOrWhiteSpace(wish.Incident) && !actor.May(Permission.PlaceHoldWithoutIncident))
        {
            return new Refusal(
                "incident-missing",
                $"{actor.Role.Name()} places a hold at an incident: give its reference. Nothing was held. Without one, a {PermissionMatrix.WhoMayInWords(Permission.PlaceHoldWithoutIncident)} may place it.",
                RefusalKind.Forbidden);
        }

        if (wish.ReviewAt <= now)
        {
            return new Refusal("review-in-past", "The time to review the hold has passed. Nothing was held. Choose a later one, or none.");
        }

        return CheckEnd(wish, actor, now) ?? CheckWords(wish) ?? ScopeDecider.ForHolds.Check(wish.Scope, known);
    }

    private static Refusal? CheckWords(HoldWish wish)
    {
        if (wish.Incident?.Length > LongestIncident)
        {
            return new Refusal("incident-too-long", $"The incident's reference has {wish.Incident.Length} characters; {LongestIncident} fit. Nothing was held.");
        }

        if (wish.NamedPosters is { Count: > MostNamedPosters } many)
        {
            return new Refusal("named-posters-too-many", $"The hold names {many.Count} people; {MostNamedPosters} fit. Nothing was held.");
        }

        return wish.NamedPosters?.Any(id => string.IsNullOrWhiteSpace(id) || id.Length > LongestId) is true
            ? new Refusal("named-poster-unknown", $"A named poster is a staff id of 1 to {LongestId} characters; one of those given is not. Nothing was held.")
            : StorableText.Check("hold", [wish.Reason, wish.Incident, .. wish.NamedPosters ?? []]);
    }

    private static Refusal Forbidden(Actor actor, string doing, Permission permission) => new(
        "forbidden",
        $"{actor.Name} ({actor.Role.Name()}) may not {doing}. Nothing was changed. Who may: {PermissionMatrix.WhoMayInWords(permission)}.",
        RefusalKind.Forbidden);
}
