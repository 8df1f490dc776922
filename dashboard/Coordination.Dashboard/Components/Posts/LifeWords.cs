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
        { Event: "post-part-published", Part: { } part } => $"Part {part + 1} of the thread is out",
        { Event: "permit-issued", Part: > 0 and var part } => $"Permit to publish part {part + 1} issued{(moment.Attempt > 1 ? $", attempt {moment.Attempt}" : "")}",
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
        "post-published" or "post-part-published" => "ok",
        "post-held" => "freeze",
        "post-approved" or "post-submitted" => "approval",
        "post-returned" => "attention",
        "permit-issued" => "flight",
        "post-missed" or "post-not-sent" or "post-rejected" or "post-failed" or "post-unknown" or "post-not-removed" => "attention",
        _ => "",
    };

    /// <summary>Who did it, with the role; the service for its own work.</summary>
    public static string Who(PostMoment moment) =>
        string.Equals(moment.ActorId, Domain.People.Actor.System.Id, StringComparison.Ordinal) ? moment.ActorName : $"{moment.ActorName} ({Names.OfRole(moment.ActorRole)})";
}
