using Radzen;

namespace Coordination.Dashboard.Components.Kit;

/// <summary>What was done, said once, politely, wherever the page is scrolled to. What went wrong is not said here: it stays on the page until it is mended.</summary>
public static class Notes
{
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(7);

    /// <summary>Says that something is done.</summary>
    /// <param name="notifications">The person's own.</param>
    /// <param name="words">One sentence.</param>
    public static void Done(this NotificationService notifications, string words) =>
        notifications.Notify(new NotificationMessage { Severity = NotificationSeverity.Success, Summary = words, Duration = Shown.TotalMilliseconds });
}
