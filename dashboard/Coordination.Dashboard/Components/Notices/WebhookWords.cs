using System.Globalization;
using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Notices;
using Coordination.Storage.Notices;

namespace Coordination.Dashboard.Components.Notices;

/// <summary>What people read of the systems that are told by webhook.</summary>
public static class WebhookWords
{
    /// <summary>What it was told.</summary>
    public static string What(NoticeKind kind) => kind == NoticeKind.Placed ? "that it was placed" : "that it was lifted";

    /// <summary>How where it is looks.</summary>
    public static Look Look(WebhookRow row) => row.State switch
    {
        WebhookState.Sent => new Look("Taken", "ok", "ok"),
        WebhookState.Queued => row.Attempts == 0 ? new Look("Waiting", "clock", "open") : new Look("Tried again", "clock", "attention"),
        WebhookState.GaveUp => new Look("Given up", "warn", "attention"),
        WebhookState.Gone => new Look("Stopped", "warn", "attention"),
        _ => new Look("Not needed any more", "dash", "open"),
    };

    /// <summary>When, how often and why, behind the webhook's name; empty when there is nothing to say.</summary>
    /// <param name="row">The message.</param>
    /// <param name="isSet">Whether this host's settings have the webhook.</param>
    public static string Line(WebhookRow row, bool isSet) => row switch
    {
        { State: WebhookState.Sent, SentAt: { } at } => "at " + UkTime.Clock(at),
        { State: WebhookState.Queued } when !isSet => "not sent from here: it is not in the settings any more",
        { State: WebhookState.Queued, Attempts: > 0, Why: { } why, NextAt: { } next } => $"{Times(row.Attempts)}, next at {UkTime.Clock(next)}: {why}",
        { State: WebhookState.Queued, Attempts: > 0 } => "being sent",
        { State: WebhookState.GaveUp } => $"{Times(row.Attempts)}{Because(row)} Tell them another way.",
        { State: WebhookState.Gone } => $"{row.Why} Nothing is sent to it any more until its address is changed in the settings. Tell them another way.",
        _ => "",
    };

    private static string Because(WebhookRow row) => row.Why is { Length: > 0 } why ? ": " + why : ".";

    private static string Times(int attempts) => attempts == 1 ? "tried once" : string.Create(CultureInfo.InvariantCulture, $"tried {attempts} times");
}
