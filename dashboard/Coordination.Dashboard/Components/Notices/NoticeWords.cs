using System.Globalization;
using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Notices;
using Coordination.Storage.Notices;

namespace Coordination.Dashboard.Components.Notices;

/// <summary>What people read of who was told.</summary>
public static class NoticeWords
{
    /// <summary>What is said where nobody can be told.</summary>
    public const string Off = "Nobody is told by e-mail: no mail server is set.";

    /// <summary>What it was about.</summary>
    public static string Heading(NoticeKind kind) => kind == NoticeKind.Placed ? "That it was placed" : "That it was lifted";

    /// <summary>How far it is, in one line: <c>12 of 14 sent, 1 waiting, 1 not reachable by e-mail</c>.</summary>
    public static string Sum(ToldRound round)
    {
        if (round.Total == 0)
        {
            return "No contact is recorded for any account that it covers.";
        }

        var parts = new List<string> { $"{Number(round.Count(NoticeState.Sent))} of {Number(round.Total)} sent" };
        Add(parts, round.Count(NoticeState.Queued), "waiting");
        Add(parts, round.Count(NoticeState.Failed, NoticeState.GaveUp), "not sent");
        Add(parts, round.Count(NoticeState.Overtaken), "not needed any more");
        Add(parts, round.Count(NoticeState.NoAddress), "not reachable by e-mail");
        Add(parts, round.Beyond, "beyond the most that are told");
        return string.Join(", ", parts);
    }

    /// <summary>How where it is looks.</summary>
    public static Look Look(NoticeRow row) => row.State switch
    {
        NoticeState.Sent => new Look("Sent", "mail", "ok"),
        NoticeState.Queued => row.Attempts == 0 ? new Look("Waiting", "clock", "open") : new Look("Tried again", "clock", "attention"),
        NoticeState.Failed => new Look("Refused", "warn", "attention"),
        NoticeState.GaveUp => new Look("Given up", "warn", "attention"),
        NoticeState.Overtaken => new Look("Not needed any more", "dash", "open"),
        _ => new Look("Not reachable by e-mail", "phone", "attention"),
    };

    /// <summary>When, how often and why, behind the person's name; empty when there is nothing to say.</summary>
    public static string Line(NoticeRow row) => row switch
    {
        { State: NoticeState.Sent, SentAt: { } at } => "at " + UkTime.Clock(at),
        { State: NoticeState.Queued, Attempts: > 0, NextAt: { } next } => $"{Times(row.Attempts)}, next at {UkTime.Clock(next)}{Because(row)}",
        { State: NoticeState.Failed or NoticeState.GaveUp } => $"{Times(row.Attempts)}{Because(row)}",
        { State: NoticeState.NoAddress } => "ring them",
        _ => "",
    };

    /// <summary>Whether something of it may still change by itself.</summary>
    public static bool Moves(ToldRound round) => round.Count(NoticeState.Queued) > 0;

    private static void Add(List<string> parts, int count, string what)
    {
        if (count > 0)
        {
            parts.Add($"{Number(count)} {what}");
        }
    }

    private static string Times(int attempts) => attempts == 1 ? "tried once" : $"tried {Number(attempts)} times";

    private static string Because(NoticeRow row) => row.Why is { Length: > 0 } why ? ": " + why : "";

    private static string Number(int n) => n.ToString("#,0", CultureInfo.InvariantCulture);
}
