namespace Coordination.Dashboard.Components.Kit;

/// <summary>The journal's events in words.</summary>
public static class JournalWords
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["hold-placed"] = "Hold placed",
        ["hold-lifted"] = "Hold lifted",
        ["hold-ended"] = "Hold ended at the time its placer chose",
        ["lift-asked"] = "Lift asked for; a second person is awaited",
        ["lift-declined"] = "Request to lift declined or withdrawn",
        ["lift-lapsed"] = "Request to lift lapsed with its asker’s role",
        ["review-moved"] = "Time of review moved",
        ["named-poster-removed"] = "Somebody taken off the people it lets through",
        ["notices-queued"] = "Messages to contacts and deputies made",
        ["notice-sent"] = "Message sent to a contact",
        ["notice-failed"] = "Message to a contact refused by the mail server",
        ["notice-gave-up"] = "Message to a contact given up",
        ["notice-overtaken"] = "Message to a contact overtaken by the lift",
        ["webhooks-queued"] = "Messages to other systems made",
        ["webhook-sent"] = "Message taken by another system",
        ["webhook-gave-up"] = "Message to another system given up",
        ["webhook-overtaken"] = "Message to another system overtaken by the lift",
        ["webhook-gone"] = "Message to another system not sent: it is gone for good",
        ["proof-taken"] = "Proof taken",
        ["export-made"] = "Export of the journal begun",
        ["export-finished"] = "Export of the journal sent whole",
        ["hold-acknowledged"] = "Account acknowledged a hold",
        ["post-scheduled"] = "Post confirmed for its time",
        ["post-rescheduled"] = "Post confirmed again, or for another time",
        ["post-submitted"] = "Post submitted for approval",
        ["post-returned"] = "Post sent back to its writer",
        ["post-approved"] = "Post approved",
        ["post-cancelled"] = "Post taken back",
        ["post-held"] = "Post stopped by a hold",
        ["post-missed"] = "Post missed its time",
        ["post-published"] = "Post went out",
        ["post-part-published"] = "Part of a thread went out",
        ["post-not-sent"] = "Call made, nothing went out",
        ["post-rejected"] = "Platform refused the post",
        ["post-failed"] = "Post could not be sent",
        ["post-retried"] = "Failed post sent again, as it stood",
        ["post-unknown"] = "Not known whether the post went out",
        ["post-removal-asked"] = "Removal of the post asked for",
        ["post-not-removed"] = "Platform did not remove the post",
        ["post-removed"] = "Post removed from the platform",
        ["off-system-post"] = "Post found that did not come through here",
        ["permit-issued"] = "Permit to publish issued",
        ["permit-closed"] = "Outcome of a permit recorded",
        ["rules-changed"] = "Publishing rules set",
        ["message-received"] = "Message about an incident came, and was kept",
        ["message-decided"] = "It was decided what to make of a message",
        ["message-settled"] = "A person decided about a message",
        ["incident-reported"] = "Report came",
        ["takeover-proposed"] = "A rule proposed a hold",
        ["takeover-started"] = "The hold is being placed",
        ["takeover-placed"] = "The hold stands",
        ["takeover-refused"] = "The hold was refused",
        ["takeover-vetoed"] = "Vetoed",
        ["line-said"] = "An agreed line was said",
        ["shadow-placed"] = "The exercise’s shadow hold stands",
        ["shadow-ended"] = "The shadow hold was ended",
        ["exercise-line-written"] = "The exercise line was written",
        ["exercise-line-first-out"] = "The first stand-in is out on the exercise network",
        ["exercise-line-out"] = "The last stand-in is out on the exercise network",
        ["exercise-line-partly-out"] = "The exercise line is out, but for stand-ins that were given up",
        ["exercise-line-retried"] = "Stand-ins that were given up are tried again",
        ["real-seen"] = "Seen, during an exercise, that something real is going on",
        ["replay-started"] = "Replay of recorded incidents started",
        ["replay-paused"] = "Replay of recorded incidents paused",
        ["replay-resumed"] = "Replay of recorded incidents goes on",
        ["replay-finished"] = "Replay of recorded incidents has sent all",
        ["replay-stopped"] = "Replay of recorded incidents stopped",
        ["slots-set"] = "Queue slots set",
        ["account-renamed"] = "Account given another name",
        ["account-needs-attention"] = "Account needs somebody",
        ["identity-linked"] = "Member of staff linked to who they are at the provider",
        ["staff-admitted"] = "Member of staff made by a sign-in",
        ["staff-role-changed"] = "Role changed by the groups of a sign-in",
        ["staff-renamed"] = "Name changed by a sign-in",
        ["staff-lapsed"] = "Access ended: no group gives a role",
        ["identity-unlinked"] = "Member of staff no longer linked to who they were at the provider",
        ["staff-added"] = "Member of staff added",
        ["staff-changed"] = "Member of staff changed",
        ["staff-ended"] = "Access ended: the last day was over",
        ["staff-returned"] = "Access given again by a group",
        ["journal-read"] = "Journal looked up",
        ["evidence-read"] = "Evidence looked at",
        ["contact-asked"] = "Somebody asked whether they are the contact",
        ["contact-confirmed"] = "Contact confirmed by themselves",
        ["contact-declined"] = "Asked to be the contact, said no",
        ["contact-withdrawn"] = "Question about the contact taken back",
        ["counters-read"] = "Platform’s counters read",
    };

    /// <summary>The event in words; an unknown one as it is written, with spaces.</summary>
    public static string Of(string name)
    {
        if (Known.TryGetValue(name, out var words))
        {
            return words;
        }

        var spaced = name.Replace('-', ' ');
        return spaced.Length == 0 ? spaced : char.ToUpperInvariant(spaced[0]) + spaced[1..];
    }
}
