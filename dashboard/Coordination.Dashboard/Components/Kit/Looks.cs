using Coordination.Dashboard.Live;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;

namespace Coordination.Dashboard.Components.Kit;

/// <summary>How a state looks: a word, a sign and a colour, everywhere the same.</summary>
/// <param name="Word">The word on screen.</param>
/// <param name="Icon">The sign's name in <see cref="Icons"/>; empty for none.</param>
/// <param name="Css">The colour's class.</param>
public sealed record Look(string Word, string Icon, string Css);

/// <summary>The looks of all states.</summary>
public static class Looks
{
    /// <summary>Nothing stands in the way.</summary>
    public static Look Open { get; } = new("Open", "ok", "open");

    /// <summary>A call to the platform is being made.</summary>
    public static Look InFlight { get; } = new("On the wire", "plane", "flight");

    /// <summary>Somebody has to look.</summary>
    public static Look Attention { get; } = new("Needs somebody", "warn", "attention");

    /// <summary>The look of a kind of hold.</summary>
    public static Look Of(HoldKind kind) => kind switch
    {
        HoldKind.Freeze => new(kind.Name(), "lock", "freeze"),
        HoldKind.CentralCoordination => new(kind.Name(), "mega", "coord"),
        _ => new(kind.Name(), "shield", "approval"),
    };

    /// <summary>The look of an account.</summary>
    public static Look Of(AccountRow row) => row.State switch
    {
        "retired" => new("Retired", "dash", "dim"),
        "requested" => new("Requested", "clock", "dim"),
        "held" => Of(row.Lock.Strictest!.Value),
        "attention" => row.Summary.Lifecycle == AccountLifecycle.Approved ? new("Not connected", "warn", "attention") : Attention,
        _ => Open,
    };

    /// <summary>The look of a post's state, by its id.</summary>
    public static Look OfPost(string state) => state switch
    {
        "draft" => new("Draft", "pen", "open"),
        "submitted" => new("Waits for approval", "shield", "approval"),
        "returned" => new("Sent back", "back", "attention"),
        "scheduled" => new("Scheduled", "clock", "open"),
        "publishing" => InFlight,
        "published" => new("Published", "ok", "ok"),
        "held" => new("Held", "lock", "freeze"),
        "missed" => new("Missed", "clock", "attention"),
        "cancelled" => new("Cancelled", "dash", "open"),
        "rejected" => new("Rejected by the platform", "warn", "attention"),
        "failed" => new("Not sent", "warn", "attention"),
        "unknown" => new("Not known whether it went out", "ask", "attention"),
        "removed" => new("Removed", "dash", "open"),
        _ => new(state, "ask", "attention"),
    };

    /// <summary>The look of what became of a post in flight, by the permit's outcome.</summary>
    public static Look OfOutcome(string outcome) => outcome switch
    {
        "open" => InFlight,
        "sent" => new("Landed", "plane", "flight"),
        "not-sent" => new("Did not go out", "ok", "ok"),
        _ => new("Not known", "ask", "attention"),
    };
}
