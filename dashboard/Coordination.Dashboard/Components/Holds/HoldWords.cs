using System.Globalization;
using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Fence;

namespace Coordination.Dashboard.Components.Holds;

/// <summary>What a hold's buttons and facts say.</summary>
public static class HoldWords
{
    /// <summary>What the button does: <c>Freeze 14 accounts</c>.</summary>
    public static string Button(HoldKind kind, int covered)
    {
        var accounts = Names.Count(covered, "account");
        return kind switch
        {
            HoldKind.Freeze => $"Freeze {accounts}",
            HoldKind.CentralCoordination => $"Take {accounts} into central coordination",
            _ => $"Require approval on {accounts}",
        };
    }

    /// <summary>Who still publishes under a hold of this kind.</summary>
    public static string LetsThrough(HoldKind kind) => kind switch
    {
        HoldKind.Freeze => "Nobody publishes.",
        HoldKind.CentralCoordination => "Only Comms and the people you name.",
        _ => "Everything needs Comms’ approval.",
    };

    /// <summary>Who publishes on an account that a hold of this kind covers.</summary>
    public static string StillPublish(HoldKind kind) => kind switch
    {
        HoldKind.Freeze => "Nobody publishes on it until the hold is lifted.",
        HoldKind.CentralCoordination => "Only Comms and the people it names publish on it, with what they write after it was placed.",
        _ => "What goes out on it needs Comms’ approval.",
    };

    /// <summary>Who placed it; for a rule whose words the reason begins with already, only that it was one.</summary>
    public static string Placer(Hold hold) => hold.Rule is not { } rule
        ? hold.PlacedByName
        : hold.Reason.StartsWith(rule, StringComparison.Ordinal) ? "placed by this rule itself" : "by " + rule;

    /// <summary>That somebody asked to lift it, and what is missing: said to everybody alike, but to the asker as "you".</summary>
    public static string Asked(LiftAsk ask, Actor? me, DateTimeOffset now) => Mine(ask, me)
        ? $"You asked to lift it {At(ask.At, now)}: {ask.Reason}"
        : $"{ask.ByName} asked to lift it {At(ask.At, now)}: {ask.Reason}";

    /// <summary>What follows from a request to lift.</summary>
    public static string Awaits(LiftAsk ask, Actor? me) => Mine(ask, me)
        ? $"It stands until another member of Comms confirms ({PermissionMatrix.WhoMayInWords(Permission.ConfirmLift)})."
        : "It stands until another member of Comms confirms.";

    /// <summary>Whether the request is the person's own.</summary>
    public static bool Mine(LiftAsk ask, Actor? me) => string.Equals(ask.By, me?.Id, StringComparison.Ordinal);

    /// <summary>That it ends by itself, when, and whose choice that was; null for a hold that people lift.</summary>
    public static string? Ends(Hold hold, DateTimeOffset now) => hold switch
    {
        { EndsAt: null } => null,
        { EndedByItself: true } => $"ended by itself {UkTime.Day(hold.LiftedAt!.Value, now)}, as {hold.PlacedByName} chose",
        { Stands: true } => $"ends by itself {On(hold.EndsAt.Value, now)}, as {hold.PlacedByName} chose",
        _ => null,
    };

    /// <summary>Who ended it, at the end of a sentence that begins "Lifted".</summary>
    public static string By(Hold hold) => hold.LiftAsk is { } ask ? $"by {hold.LiftedByName}, as {ask.ByName} had asked" : $"by {hold.LiftedByName}";

    /// <summary>What became of a post that was on the wire: <c>sent 10:02:07, removed 10:02:31 by Sam Demo</c>; null while it has not landed.</summary>
    public static string? Landed(InFlightPost post)
    {
        if (post is not { Outcome: "sent", SentAt: { } sent })
        {
            return null;
        }

        var landed = "sent " + UkTime.Clock(sent);
        return post switch
        {
            { RemovedAt: { } gone } => $"{landed}, removed {UkTime.Clock(gone)}{(post.RemovalAskedBy is { } by ? " by " + by : "")}",
            { RemovalAskedAt: { } asked } => $"{landed}, {post.RemovalAskedBy} asked for its removal {UkTime.Clock(asked)}: not confirmed yet, it may still show",
            { Note: { Length: > 0 } why } => $"{landed}, still out. {why}",
            _ => landed,
        };
    }

    /// <summary>Whether it got out and nobody has asked for its removal.</summary>
    public static bool CanBeRemoved(InFlightPost post) => post is { Outcome: "sent", SentAt: not null, RemovalAskedAt: null, RemovedAt: null };

    /// <summary>Since when somebody should have looked at it again.</summary>
    public static string ReviewDue(DateTimeOffset reviewAt, DateTimeOffset now) =>
        $"Review due since {(UkTime.Local(reviewAt).Date == UkTime.Local(now).Date ? UkTime.Soon(reviewAt, now) : UkTime.Day(reviewAt, now))}";

    /// <summary><c>9 ms</c>, <c>1,204 ms</c>.</summary>
    public static string Millis(TimeSpan elapsed) =>
        Math.Max(1, Math.Round(elapsed.TotalMilliseconds)).ToString("#,0", CultureInfo.InvariantCulture) + " ms";

    private static string At(DateTimeOffset at, DateTimeOffset now) =>
        UkTime.Local(at).Date == UkTime.Local(now).Date ? "at " + UkTime.Soon(at, now) : UkTime.Day(at, now);

    private static string On(DateTimeOffset at, DateTimeOffset now) => UkTime.Day(at, now) is ['t', 'o', ..] day ? day : "on " + UkTime.Day(at, now);
}
