namespace Coordination.Dashboard.Guide;

/// <summary>One thing that the order asks of whoever writes for the brigade.</summary>
/// <param name="Paragraph">The paragraph of order 01/25.</param>
/// <param name="Says">What it asks, in plain words.</param>
/// <param name="Here">What the service does about it.</param>
public sealed record OrderPoint(string Paragraph, string Says, string Here);

/// <summary>Order 01/25 in plain words, as far as it touches what is done here. The order itself counts.</summary>
public static class OrderInPlainWords
{
    /// <summary>The points, in the order's order.</summary>
    public static IReadOnlyList<OrderPoint> Points { get; } =
    [
        new("1", "Share what the brigade does: staff, Fire Authority members and volunteers are meant to.", "Write in Compose; what is planned is in the calendar for everybody."),
        new("2", "Behave online as you would anywhere else. Advice and training come from Comms.", "Whom to ask stands on this page, and out of hours on every page."),
        new("2.1", "Every brigade account is planned, scheduled and watched through this service, and has a named person whom Comms can reach.", "An account without a named contact is refused. Tell Comms when somebody else answers for it."),
        new("2.1", "Comms may remove content that is a risk, and may speak for all accounts at major or unusual incidents.", "A hold stops your account at once, and says why. Nothing that it stopped goes out by itself afterwards."),
        new("3.1", "FDS officers and Fire Control update the official accounts, in line with their duties at incidents.", "Such a post names the incident. Without one Comms reads it first."),
        new("3.1", "Exercises and events go on a corporate account only when agreed with Comms, so that nothing clashes.", "Comms is asked by itself; what is due near the same time is shown beside your post."),
        new("3.1", "Out of hours, and for covering an incident: ask Comms first.", "Who is on duty, and the number, stand on every page out of hours."),
        new("3.1", "No account is made, renamed or closed without Comms. Following, liking and pictures of corporate accounts are Comms', too.", "Ask under Requests; what a platform lets no program do is under Tasks."),
        new("3.1", "Post usefully and regularly, in a way that shows the brigade as it wants to be seen.", "This is for you to judge."),
        new("3.2", "Whoever follows your own account may take you for the brigade; a disclaimer excuses nothing.", "Personal accounts are never registered here, and nothing here reads them."),
        new("3.3", "No victims, nothing that touches a court case or an investigation, no abuse, no quarrels, nothing confidential, nothing that is somebody else's.", "Compose points to such words as you type and says why. A finding asks for a reason or for Comms; it never hides your text."),
        new("3.3", "Worried about a post or a comment? Tell Comms. Do not answer it yourself.", "Ring or write to Comms; who that is stands above."),
        new("4", "Only authorised staff monitor, and can say why. A breach may be a disciplinary matter.", "The service records who did what, when and why, and judges nobody. Who looks at the record is Comms or an auditor."),
    ];
}
