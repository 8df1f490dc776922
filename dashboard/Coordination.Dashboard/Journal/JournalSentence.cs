using System.Globalization;
using Coordination.Dashboard.Components.Glass;
using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.People;
using Coordination.Storage.Journal;

namespace Coordination.Dashboard.Journal;

/// <summary>An entry of the journal as a sentence: who did what to which, and why. The entry itself stands beside it.</summary>
public static class JournalSentence
{
    private static readonly Dictionary<string, Func<EntryContent, string, string>> Verbs = new(StringComparer.Ordinal)
    {
        ["account-requested"] = (c, on) => $"asked for the account {on}{Named(c.In("contact").Text("name"), ", with {0} as its named contact")}",
        ["account-approved"] = (_, on) => $"approved the account {on}",
        ["account-connected"] = (_, on) => $"connected the account {on}",
        ["account-needs-attention"] = (_, on) => $"noted that the account {on} needs somebody",
        ["account-retired"] = (_, on) => $"retired the account {on}",
        ["account-relabelled"] = (_, on) => $"changed what the account {on} belongs to",
        ["account-renamed"] = (c, on) => $"gave the account {on} {Quoted(c.Text("displayName"), "another name", "the name {0}")}",
        ["contact-changed"] = (c, on) => $"changed who answers for the account {on}{Named(c.In("contact").Text("name"), ": its named contact is {0}")}",
        ["contact-asked"] = (c, on) => $"asked {c.In("contact").Text("name") ?? "somebody"} whether they are the named contact of {c.Text("account") ?? on}",
        ["contact-confirmed"] = (c, on) => $"confirmed that they are the named contact of {c.Text("account") ?? on}",
        ["contact-declined"] = (c, on) => $"declined to be the named contact of {c.Text("account") ?? on}",
        ["contact-withdrawn"] = (c, on) => $"took back the question whether {c.In("contact").Text("name") ?? "somebody"} is the named contact of {c.Text("account") ?? on}",
        ["counters-read"] = (c, on) => $"read the platform’s counters of {on}{Counted(c.Number("followers"), ": {0} followers")}{Counted(c.Number("remotePosts"), ", {0} posts")}",
        ["hold-acknowledged"] = (c, on) => $"recorded that the account {on} acknowledged {c.Text("holdId") ?? "a hold"}{Counted(c.Number("postsHeld"), "; posts stopped by it: {0}")}",
        ["post-scheduled"] = (c, on) => $"confirmed a post on {on}{c.Time("dueAt", " for ")}{Words(c.Text("text"))}",
        ["post-rescheduled"] = (c, on) => $"confirmed a post on {on} again{c.Time("dueAt", ", for ")}{Words(c.Text("text"))}",
        ["post-submitted"] = (c, on) => $"submitted a post on {on} for approval{c.Time("dueAt", ", for ")}{Words(c.Text("text"))}",
        ["post-returned"] = (_, on) => $"sent a post on {on} back to its writer",
        ["post-approved"] = (_, on) => $"approved a post on {on}",
        ["post-retried"] = (c, on) => $"sent a failed post on {on} again, as it stood{c.Time("dueAt", ", for ")}",
        ["post-cancelled"] = (_, on) => $"took a post on {on} back",
        ["post-held"] = (_, on) => $"stopped a post on {on}",
        ["post-missed"] = (_, on) => $"recorded that a post on {on} missed its time",
        ["post-published"] = (c, on) => $"published a post on {on}{Named(c.Text("url"), " at {0}")}",
        ["post-part-published"] = (c, on) => $"published part {((c.Number("part") ?? 0) + 1).ToString(CultureInfo.InvariantCulture)} of a thread on {on}{Named(c.Text("url"), " at {0}")}",
        ["post-not-sent"] = (_, on) => $"called the platform for a post on {on}, and nothing went out",
        ["post-rejected"] = (_, on) => $"recorded that the platform refused a post on {on}",
        ["post-failed"] = (_, on) => $"could not send a post on {on}; it is certain that it did not go out",
        ["post-unknown"] = (_, on) => $"could not find out whether a post on {on} went out",
        ["post-removal-asked"] = (_, on) => $"asked for a post on {on} to be removed from the platform",
        ["post-not-removed"] = (_, on) => $"recorded that the platform did not remove a post on {on}",
        ["post-removed"] = (_, on) => $"recorded that a post on {on} is removed from the platform",
        ["post-redacted"] = (c, on) => $"erased what a post on {on} said{Named(c.Text("redaction"), ", by the redaction {0}")}",
        ["redaction-asked"] = (c, on) => $"asked for {AskedFor(c)} to be erased, as {on}",
        ["content-erased"] = (c, on) => $"confirmed {on}, and so erased the content of {Names.Count(c.Count("entries"), "entry", "entries")} for good",
        ["redaction-declined"] = (c, on) => $"declined {on}{Named(c.Text("askedByName"), " that {0} had asked for")}",
        ["keep-set"] = (_, on) => $"has the record of {on} kept whatever its age",
        ["keep-ended"] = (_, on) => $"no longer has the record of {on} kept whatever its age",
        ["retention-set"] = (c, _) => $"set how long {c.Text("title") ?? "a kind of data"} is kept{Counted(c.Number("days"), ": {0} days")}{Counted(c.Number("formerDays"), ", {0} before")}",
        ["retention-asked"] = (c, _) => c.Flag("on") is true ? "asked for data to be taken out by itself once its time is over" : "asked for data not to be taken out by itself any more",
        ["retention-switched"] = (c, _) => c.Flag("on") is true ? "switched on that data is taken out by itself once its time is over" : "switched off that data is taken out by itself",
        ["retention-swept"] = (c, _) => $"took out what was kept long enough{Counted(c.Number("rows"), ": {0} rows")}",
        ["permit-issued"] = (c, on) => $"issued a permit to {c.Text("action") switch { "remove" => "remove", "edit" => "change", _ => "publish" }} {(c.Number("part") is > 0 and { } part ? $"part {part + 1} of a thread" : "a post")} on {on}{(c.Number("attempt") is > 1 and { } attempt ? $", attempt {attempt}" : "")}",
        ["off-system-post"] = (c, on) => $"found a post on {on} that did not come through here{Named(c.Text("url"), ", at {0}")}",
        ["slots-set"] = (c, on) => $"set {Names.Count(c.Count("slots"), "queue slot")} for {on}",

        ["hold-placed"] = (c, on) => $"placed the hold {on} ({Kind(c)}){c.Scope("scope", " over ")}{Named(c.Text("incident"), ", for incident {0}")}{Named(c.Text("rule"), ", by the rule {0}")}{c.Time("endsAt", ", until ")}",
        ["hold-lifted"] = (c, on) => $"lifted the hold {on}{Named(c.Text("askedByName"), ", as {0} had asked")}",
        ["hold-ended"] = (c, on) => $"ended the hold {on} at the time that {c.Text("chosenByName") ?? "its placer"} chose",
        ["lift-asked"] = (_, on) => $"asked for the lift of the hold {on}; it stands until a second person confirms",
        ["lift-declined"] = (c, on) => $"declined the lift of the hold {on}{Named(c.Text("askedByName"), " that {0} had asked for")}",
        ["lift-lapsed"] = (c, on) => $"let the request to lift the hold {on} lapse{Named(c.Text("askedByName"), ": {0} may not lift it any more")}",
        ["review-moved"] = (c, on) => $"moved the review of the hold {on}{c.Time("reviewAt", " to ")}",
        ["named-poster-removed"] = (c, on) => $"took {c.Text("name") ?? c.Text("staffId") ?? "somebody"} off the people whom the hold {on} lets through",
        ["proof-taken"] = (_, on) => $"took a proof of the hold {on}",

        ["notices-queued"] = (c, on) => $"made the messages that tell contacts and deputies of the {(c.Text("kind") == "lifted" ? "lift" : "placing")} of the hold {on}",
        ["notice-sent"] = (c, on) => $"told {c.Text("name") ?? "a contact"} about the hold {on}",
        ["notice-failed"] = (c, on) => $"was refused the message to {c.Text("name") ?? "a contact"} about the hold {on} by the mail server",
        ["notice-gave-up"] = (c, on) => $"gave up telling {c.Text("name") ?? "a contact"} about the hold {on}",
        ["notice-overtaken"] = (c, on) => $"did not send the message to {c.Text("name") ?? "a contact"} about the hold {on}, because its lift overtook it",
        ["webhooks-queued"] = (_, on) => $"made the messages that tell other systems of the hold {on}",
        ["webhook-sent"] = (c, on) => $"told the system {c.Text("webhook") ?? "on the list"} about the hold {on}",
        ["webhook-gave-up"] = (c, on) => $"gave up telling the system {c.Text("webhook") ?? "on the list"} about the hold {on}",
        ["webhook-overtaken"] = (c, on) => $"did not tell the system {c.Text("webhook") ?? "on the list"} about the hold {on}, because its lift overtook it",
        ["webhook-gone"] = (c, on) => $"did not tell the system {c.Text("webhook") ?? "on the list"} about the hold {on}: it is gone for good",
        ["line-said"] = (c, on) => $"sent line {(c.Number("line") ?? 1).ToString(CultureInfo.InvariantCulture)} agreed for {c.Text("holdId") ?? on} to {Names.Count(c.Count("accounts"), "account")}",

        ["incident-reported"] = (c, on) => $"filed revision {(c.Number("revision") ?? 0).ToString(CultureInfo.InvariantCulture)} of {on} from {c.Text("source") ?? "a source"}",
        ["message-received"] = (_, on) => $"took {on} about an incident, and kept it as it came",
        ["message-decided"] = (c, on) => $"decided what to make of {on}{c.Text("decision") switch { "hold" => ": hold", "proposed" => ": propose a hold", "shadow" => ": a shadow hold, for an exercise", "ask" => ": ask a person", "ignored" => ": nothing", _ => "" }}",
        ["message-settled"] = (_, on) => $"decided about {on}",
        ["takeover-proposed"] = (c, on) => $"proposed a hold for {on} by the rule {c.Text("rule") ?? ""}{c.Scope("scope", ", over ")}{Counted(c.Number("vetoSeconds"), ", with {0} seconds for a veto")}",
        ["takeover-started"] = (c, on) => c.Text("step") == "forward" ? $"brought the hold that was proposed for {on} forward" : $"began to place a hold for {on} by the rule {c.Text("rule") ?? ""}{c.Scope("scope", ", over ")}",
        ["takeover-placed"] = (c, on) => $"placed {c.Text("holdId") ?? "the hold"} for {on}",
        ["takeover-refused"] = (_, on) => $"could not place the hold for {on}",
        ["takeover-vetoed"] = (_, on) => $"vetoed the hold that was proposed for {on}",
        ["shadow-placed"] = (c, on) => $"put the shadow hold of {on} up{c.Scope("scope", ", over ")}; no account is held by it",
        ["shadow-ended"] = (_, on) => $"ended the shadow hold of {on}",
        ["exercise-line-written"] = (c, on) => $"wrote the line of {on} for {Counted(c.Number("standIns"), "{0} ")}stand-ins on the exercise network",
        ["exercise-line-first-out"] = (_, on) => $"published the first stand-in of {on} on the exercise network",
        ["exercise-line-out"] = (_, on) => $"published the last stand-in of {on} on the exercise network",
        ["exercise-line-partly-out"] = (_, on) => $"published the line of {on} on the exercise network, but for stand-ins that were given up",
        ["exercise-line-retried"] = (_, on) => $"had the stand-ins of {on} that were given up tried again",
        ["real-seen"] = (_, on) => $"saw during {on} that something real is going on",

        ["sign-in-set"] = (c, on) => $"set how {on} signs in at its platform{Named(c.Text("server"), ", at {0}")}",
        ["sign-in-removed"] = (_, on) => $"removed the stored sign-in of {on} at its platform",
        ["secrets-rewrapped"] = (c, _) => $"put {Names.Count((int)(c.Number("keys") ?? 0), "key")} of this installation under another certificate",
        ["secrets-new-key"] = (_, _) => "made a new key for this installation’s secrets",

        ["rules-changed"] = (_, _) => "set the publishing rules",
        ["rules-drafted"] = (c, _) => $"saved a draft of the rules about incidents{Counted(c.Number("revision"), ", revision {0}")}",
        ["rules-asked"] = (_, _) => "asked for the draft of the rules about incidents to become the version in force",
        ["rules-activated"] = (c, _) => $"made the draft that {c.Text("askedBy") ?? "another person"} had asked for the version {c.Number("version")?.ToString(CultureInfo.InvariantCulture)} of the rules about incidents",
        ["rules-declined"] = (_, _) => "declined the draft of the rules about incidents",
        ["rules-discarded"] = (_, _) => "discarded the draft of the rules about incidents",
        ["scope-saved"] = (c, _) => $"saved the scope {Quoted(c.Text("name"), "of accounts", "{0}")}{c.Scope("scope", ": ")}",
        ["scope-removed"] = (_, on) => $"removed {on}",
        ["template-saved"] = (c, _) => $"saved the template {Quoted(c.Text("name"), "of posts", "{0}")}",
        ["template-removed"] = (_, on) => $"removed {on}",

        ["repeat-started"] = (c, on) => $"started {on}, {Names.Count(c.Count("dates"), "date")}{Words(c.In("wish").Text("text"))}",
        ["repeat-dates"] = (c, on) => $"dealt with {Names.Count(c.Count("dates"), "date")} of {on}",
        ["repeat-stopped"] = (_, on) => $"stopped {on}",
        ["repeat-halted"] = (_, on) => $"halted {on}",
        ["feed-made"] = (_, _) => "made an address for their own calendar program; a former one ended with it",
        ["feed-revoked"] = (_, _) => "ended the address for their own calendar program",
        ["task-opened"] = (c, on) => $"opened {on}{Words(c.Text("what"))}",
        ["task-reopened"] = (c, on) => $"opened {on} again{Words(c.Text("what"))}",
        ["task-done"] = (_, on) => $"confirmed that {on} is done",
        ["request-asked"] = (_, on) => $"made {on} about an account",
        ["request-approved"] = (_, on) => $"approved {on} about an account",
        ["request-declined"] = (_, on) => $"declined {on} about an account",
        ["shift-set"] = (c, _) => $"put {c.Text("name") ?? c.In("person").Text("name") ?? "somebody"} on the duty rota{c.Time("from", " from ")}{c.Time("to", " to ")}",
        ["handover-given"] = (c, _) => $"handed over the turn of {c.Text("of") ?? "somebody"} on the duty rota{c.Time("endsAt", ", until ")}: {c.Text("notes") ?? "its notes were erased"}",
        ["handover-taken"] = (c, _) => $"took over the turn of {c.Text("of") ?? "somebody"} on the duty rota{Named(c.Text("givenByName"), " from {0}")}",
        ["replay-started"] = (c, on) => $"started {on} as an exercise, {Names.Count((int)(c.Number("reports") ?? 0), "report")}{Counted(c.Number("speed"), " at {0} times its speed")}",
        ["replay-paused"] = (c, on) => $"paused {on}{Named(c.Text("about"), ": {0} is real")}",
        ["replay-resumed"] = (_, on) => $"let {on} go on",
        ["replay-stopped"] = (c, on) => $"stopped {on}{Counted(c.Number("sent"), " after {0} reports")}",
        ["replay-finished"] = (c, on) => $"came to the end of {on}{Counted(c.Number("sent"), ", {0} reports")}",
        ["identity-linked"] = (_, on) => $"linked the member of staff {on} to who they are at the identity provider",
        ["staff-admitted"] = (c, on) => $"made {Named(c.Text("name"), "{0}, ")}{on}, a member of staff{AsRole(c)}",
        ["staff-role-changed"] = (c, on) => $"changed what {on} may do{AsRole(c)}",
        ["staff-renamed"] = (c, on) => $"changed the name of {on}{Named(c.Text("name"), " to {0}")}",
        ["staff-lapsed"] = (_, on) => $"ended the access of {on}: no group gives them a role any more",
        ["identity-unlinked"] = (_, on) => $"no longer links the member of staff {on} to who they were at the identity provider",
        ["staff-added"] = (c, on) => $"added {Named(c.Text("name"), "{0}, ")}{on}, to the staff directory{AsRole(c)}{c.Scope("publishesOn", " of ")}{StaffChange.Days(c)}",
        ["staff-changed"] = StaffChange.Changed,
        ["sign-ins-ended"] = (c, on) => $"ended the sign-ins of {on}{(c.Number("ended") is { } n ? $" ({n})" : "")}",
        ["staff-ended"] = (c, on) => $"ended the access of {Named(c.Text("name"), "{0}, ")}{on}: the last day was over",
        ["deputy-named"] = (c, on) => $"had {on} stand in for {c.Text("holderName") ?? c.Text("holder") ?? "an account holder"}{StaffChange.Days(c)}",
        ["deputy-ended"] = (c, on) => $"ended that {on} stands in for {c.Text("holderName") ?? c.Text("holder") ?? "an account holder"}",
        ["staff-returned"] = (c, on) => $"gave {on} access again{AsRole(c)}",
        ["client-made"] = (c, on) => $"made {on}{Quoted(c.Text("name"), "", " {0}")}, for which {c.Text("ownerId") ?? "a member of staff"} answers",
        ["client-token-made"] = (c, on) => $"made a token of {on}{c.Time("endsAt", ", which lasts until ")}",
        ["client-token-revoked"] = (_, on) => $"revoked a token of {on}",
        ["client-ended"] = (c, on) => $"ended {on}{Quoted(c.Text("name"), "", " {0}")} and every token of it",
        ["export-made"] = (_, on) => $"began {on} of the record",
        ["export-finished"] = (c, on) => $"finished {on} of the record{Counted(c.Number("entries"), ", {0} entries")}",
        ["break-glass-granted"] = (_, on) => $"gave the member of staff {on} a break-glass account",
        ["break-glass-revoked"] = (_, on) => $"took the break-glass account of the member of staff {on} back",
        ["break-glass-used"] = (c, _) => $"signed in with a break-glass account{Named(GlassWords.Method(c.Text("method")), ", {0}")}{c.Time("until", ", until ")}",
        ["break-glass-failed"] = (c, on) => $"refused an attempt to sign in with the break-glass account of {on}{Counted(c.Number("failed"), ", number {0} in a row")}",
        ["break-glass-locked"] = (c, on) => $"locked the break-glass account of {on} for passwords{c.Time("until", " until ")}",
        ["break-glass-seen"] = (c, on) => $"saw that the break-glass account of {on} was {(c.Text("alarm") is "locked" ? "locked" : "used")}",
        ["break-glass-passkey-added"] = (c, _) => $"added the passkey {Quoted(c.Text("name"), "", "{0}")} to their own break-glass account",
        ["break-glass-passkey-removed"] = (c, _) => $"removed the passkey {Quoted(c.Text("name"), "", "{0}")} from their own break-glass account",
        ["break-glass-password-set"] = (_, _) => "set the password of their own break-glass account",
        ["break-glass-app-connected"] = (_, _) => "connected an authenticator app to their own break-glass account",
        ["break-glass-codes-made"] = (_, _) => "made recovery codes for their own break-glass account",
        ["journal-read"] = (c, _) => $"looked the journal up{Named(c.Text("account"), ", about {0}")}{Named(c.Text("hold"), ", about {0}")}{Named(c.Text("incident"), ", about incident {0}")}{Named(c.Text("person"), ", for what “{0}” did")}{Named(c.Text("event"), ", for {0}")}",
        ["sign-ins-read"] = (c, _) => $"looked the record of sign-ins up{Named(c.Text("person"), ", for “{0}”")}",
        ["evidence-read"] = (c, _) => $"looked at the evidence about a post{Named(c.Text("account"), " on {0}")}",
        ["shift-removed"] = (_, _) => "took a shift off the duty rota",
    };

    // What a stream is the record of, as it stands in a sentence.
    private static readonly (string Prefix, string Words)[] Subjects =
    [
        ("account/", "{0}"), ("off-system/", "{0}"), ("slots/", "{0}"), ("sign-in/", "{0}"), ("hold/", "{0}"), ("notice/", "{0}"), ("line/", "{0}"), ("incident-file/", "incident {0}"),
        ("exercise-file/", "exercise {0}"), ("incident/", "the message {0}"), ("scope/", "a saved scope"), ("template/", "a template"), ("repeat/", "a repeat"),
        ("task/", "a task"), ("contact/", "an account"), ("handover/", "a turn of the duty rota"), ("request/", "a request"), ("replay/", "a replay of recorded incidents"), ("staff/", "{0}"), ("break-glass/", "{0}"), ("export/", "an export"), ("client/", "an API client"),
        ("redaction/", "the redaction {0}"), ("keep/account/", "{0}"), ("keep/incident/", "the incident {0}"), ("retention", "retention"),
    ];

    /// <summary>The events that there are words for.</summary>
    public static IReadOnlyCollection<string> Known => Verbs.Keys;

    /// <summary>The sentence; an event that is not known here is named as it is written.</summary>
    public static string Of(JournalEntry entry)
    {
        var did = Verbs.TryGetValue(entry.Event, out var verb)
            ? verb(EntryContent.Read(entry.Payload), Subject(entry.Stream))
            : $"{entry.Event.Replace('-', ' ')} ({entry.Stream})";
        var why = string.IsNullOrWhiteSpace(entry.Reason) ? "" : entry.Reason.TrimEnd()[^1] is '.' or '!' or '?' ? $" {entry.Reason.TrimEnd()}" : $" {entry.Reason.TrimEnd()}.";
        return $"{Who(entry)} {did}.{why}{(entry.Payload is not null ? "" : entry.Redaction is { } redaction ? $" What it said was erased by the redaction {redaction}; its hash stays." : " What it said was erased; its hash stays.")}";
    }

    /// <summary>Who did it, with the role; the service for its own work.</summary>
    public static string Who(JournalEntry entry) =>
        string.Equals(entry.ActorId, Actor.System.Id, StringComparison.Ordinal) ? entry.ActorName : $"{entry.ActorName} ({Names.OfRole(entry.ActorRole)})";

    private static string Subject(string stream)
    {
        foreach (var (prefix, words) in Subjects)
        {
            if (stream.StartsWith(prefix, StringComparison.Ordinal))
            {
                return string.Format(CultureInfo.InvariantCulture, words, stream[prefix.Length..]);
            }
        }

        return stream;
    }

    private static string Kind(EntryContent content) => content.Text("kind") switch
    {
        "freeze" => "freeze",
        "centralCoordination" => "central coordination",
        "approvalRequired" => "approval required",
        _ => "hold",
    };

    private static string AskedFor(EntryContent content) =>
        content.Text("account") is { } account ? $"all that a post on {account} said" : content.Text("stream") is { } stream ? $"entry {content.Number("number")} of {stream}" : "content";

    private static string AsRole(EntryContent content) => content.Text("role") is { } role ? $", as {Names.OfRole(role)}" : "";

    private static string Named(string? text, string words) => string.IsNullOrEmpty(text) ? "" : string.Format(CultureInfo.InvariantCulture, words, text);

    private static string Quoted(string? text, string without, string words) => string.IsNullOrEmpty(text) ? without : string.Format(CultureInfo.InvariantCulture, words, $"“{text}”");

    private static string Counted(long? number, string words) => number is { } n ? string.Format(CultureInfo.InvariantCulture, words, n.ToString("N0", CultureInfo.InvariantCulture)) : "";

    private static string Words(string? text) => string.IsNullOrWhiteSpace(text) ? "" : $": “{Names.Start(text, 120)}”";
}
