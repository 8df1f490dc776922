using System.Globalization;
using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Desks;

namespace Coordination.Dashboard.Components.Posts;

/// <summary>A post's life in words.</summary>
public static class LifeWords
{
    /// <summary>What happened.</summary>
    public static string Of(PostMoment moment) => moment switch
    {
        { Event: "post-scheduled" } => "Written, and confirmed for its time",
        { Event: "post-rescheduled", Text: not null } => "Changed, and confirmed again",
        { Event: "permit-issued", Attempt: > 1 } => $"Permit to publish issued, attempt {moment.Attempt}",
        _ => JournalWords.Of(moment.Event),
    };

    /// <summary>Its day, as on a wall in London: <c>Thu 26 Nov 2026</c>.</summary>
    public static string Date(DateTimeOffset at) => UkTime.Local(at).ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Why, where that says more than what happened; null otherwise.</summary>
    public static string? Why(PostMoment moment) => moment is { Event: "post-held" } or { Why: null or "" } ? null : moment.Why;

    /// <summary>The colour of its dot.</summary>
    public static string Css(string name) => name switch
    {
        "post-published" => "ok",
        "post-held" => "freeze",
        "post-approved" => "approval",
        "permit-issued" => "flight",
        "post-missed" or "post-not-sent" or "post-rejected" or "post-failed" or "post-unknown" or "post-not-removed" => "attention",
        _ => "",
    };

    /// <summary>Who did it, with the role; the service for its own work.</summary>
    public static string Who(PostMoment moment) =>
        string.Equals(moment.ActorId, Domain.People.Actor.System.Id, StringComparison.Ordinal) ? moment.ActorName : $"{moment.ActorName} ({Names.OfRole(moment.ActorRole)})";
}
