using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Coordination.Dashboard.Journal;
using Coordination.Domain.Accounts;
using Coordination.Storage;
using Coordination.Storage.Journal;
using Coordination.Storage.People.BreakGlass;
using Coordination.Testing;

namespace Coordination.Pages.Tests;

/// <summary>Every entry of the journal is readable as a sentence.</summary>
public sealed partial class JournalSentenceTests
{
    // Words with hyphens in the database's scripts that are no events: answers of functions, states, roles, a stream.
    private static readonly string[] NoEvents =
    [
        "access-ended", "access-token", "account-holder", "actor-gone", "app-password", "at-once", "break-glass", "comms-manager", "comms-officer", "consent-withdrawn", "ended-by-comms",
        "ended-by-person", "entry-empty", "entry-erased", "entry-not-redactable", "entry-unknown", "factors-changed", "fds-officer", "fire-control", "gave-up", "last-manager", "message-open",
        "name-taken", "no-address", "not-asked", "not-open", "not-sent", "off-system", "owner-unknown", "post-in-flight", "post-is-out", "post-not-finished", "post-of-repeat", "real-hold",
        "real-incident", "real-message", "redaction-needs-second", "redaction-over", "redaction-unknown", "retention-changed", "retention-fixed", "retention-unknown", "rule-book", "sign-ins",
        "signed-in", "signed-out", "signed-requests", "too-many",
    ];

    // The state of a message is a part of its event's name.
    private static readonly string[] Composed =
        ["notice-sent", "notice-failed", "notice-gave-up", "notice-overtaken", "webhook-sent", "webhook-gave-up", "webhook-overtaken", "webhook-gone", "repeat-stopped", "repeat-halted", "lift-declined", "lift-lapsed", ReadingRecord.JournalRead, ReadingRecord.EvidenceRead, ReadingRecord.SignInsRead, .. BreakGlassEvents.All];

    // What code appends by itself, without a function of the database.
    private static readonly string[] ByCode = [.. Directory.EnumerateFiles(Repository.In("grains", "Coordination.Storage"), "*.cs", SearchOption.AllDirectories)
        .SelectMany(f => Appended().Matches(File.ReadAllText(f)).Select(m => m.Groups["name"].Value))];

    // Those of an account are its events' names, those of the desk are constants of its deciders; the rest stands in the database's scripts.
    public static TheoryData<string> EveryEvent()
    {
        var accounts = typeof(AccountEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => (string)a.TypeDiscriminator!);
        var deciders = typeof(AccountEvent).Assembly.GetTypes().Where(t => t.Name is "TaskDecider" or "RequestDecider" or "RotaDecider" or "ContactDecider" or "HandoverDecider")
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static)).Where(f => f.IsLiteral && f.FieldType == typeof(string)).Select(f => (string)f.GetRawConstantValue()!).Where(v => v.Contains('-', StringComparison.Ordinal));
        var storage = typeof(StorageJson).Assembly;
        var written = storage.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).SelectMany(n =>
        {
            using var reader = new StreamReader(storage.GetManifestResourceStream(n)!);
            return Hyphened().Matches(reader.ReadToEnd()).Select(m => m.Groups["name"].Value).ToList();
        });
        return new TheoryData<string>(accounts.Concat(deciders).Concat(Composed).Concat(ByCode).Concat(written.Except(NoEvents, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(EveryEvent))]
    public void Event_HasWords_AlsoWhenItsContentWasErased(string name)
    {
        Assert.Contains(name, JournalSentence.Known);
        var sentence = JournalSentence.Of(Entry(name, "account/x/wmfs", payload: null));
        Assert.StartsWith("Rowan Demo (Comms manager) ", sentence, StringComparison.Ordinal);
        Assert.EndsWith(" What it said was erased; its hash stays.", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("{", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_AreFoundInTheScripts_AndInTheCode()
    {
        Assert.True(EveryEvent().Count > 80);
        Assert.Equal(["message-decided", "message-received"], ByCode.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("hold-placed", "hold/H-000007", """{"id":"H-000007","kind":"freeze","scope":{"areas":["coventry"]},"incident":"INC-9","endsAt":null}""", "Account taken over",
        "Rowan Demo (Comms manager) placed the hold H-000007 (freeze) over Coventry, for incident INC-9. Account taken over.")]
    [InlineData("post-scheduled", "account/x/wmfs", """{"postId":"0198a0a0-0000-7000-8000-000000000000","text":"Open day\nat ten","dueAt":"2026-07-01T08:00:00Z"}""", null,
        "Rowan Demo (Comms manager) confirmed a post on x/wmfs for Wed 1 Jul 2026 09:00:00.000 BST: “Open day at ten”.")]
    [InlineData("hold-acknowledged", "account/x/wmfs", """{"holdId":"H-000007","postsHeld":1200}""", null,
        "Rowan Demo (Comms manager) recorded that the account x/wmfs acknowledged H-000007; posts stopped by it: 1,200.")]
    [InlineData("takeover-started", "incident-file/INC-9", """{"step":"forward"}""", "It is real!",
        "Rowan Demo (Comms manager) brought the hold that was proposed for incident INC-9 forward. It is real!")]
    [InlineData("permit-issued", "account/x/wmfs", """{"action":"publish","part":2,"attempt":3}""", null,
        "Rowan Demo (Comms manager) issued a permit to publish part 3 of a thread on x/wmfs, attempt 3.")]
    [InlineData("slots-set", "slots/x/wmfs", """{"slots":[1]}""", null, "Rowan Demo (Comms manager) set 1 queue slot for x/wmfs.")]
    [InlineData("staff-changed", "staff/jane", """{"name":"Jane Hill","role":"account-holder","publishesOn":{"stations":["aston"]},"active":true,"endsAt":"2026-07-31T23:00:00+00:00","former":{"name":"Jane Marsh","role":"account-holder","publishesOn":null,"active":false,"endsAt":null}}""", "Ticket 1",
        "Rowan Demo (Comms manager) gave jane access again, changed the name of jane to Jane Hill, set the accounts of jane: Aston and set the last day of jane: 31 Jul 2026. Ticket 1.")]
    [InlineData("staff-changed", "staff/jane", """{"name":"Jane","role":"auditor","active":false,"former":{"name":"Jane","role":"fds-officer","active":true,"startsAt":"2026-01-01T00:00:00Z"}}""", null,
        "Rowan Demo (Comms manager) ended the access of jane, made jane Auditor and took the first day of jane away.")]
    [InlineData("deputy-named", "staff/dee", """{"holder":"robin","holderName":"Robin Demo","startsAt":"2026-07-01T09:00:00Z","endsAt":"2026-07-31T23:00:00+00:00"}""", "Leave",
        "Rowan Demo (Comms manager) had dee stand in for Robin Demo, from 1 Jul 2026, last day 31 Jul 2026. Leave.")]
    [InlineData("deputy-ended", "staff/dee", """{"holder":"robin","holderName":"Robin Demo"}""", "Back", "Rowan Demo (Comms manager) ended that dee stands in for Robin Demo. Back.")]
    [InlineData("sign-ins-ended", "staff/jane", """{"ended":3}""", "Lost phone", "Rowan Demo (Comms manager) ended the sign-ins of jane (3). Lost phone.")]
    [InlineData("sign-ins-read", "reading/rowan", """{"person":"jane","right":"readJournal"}""", null, "Rowan Demo (Comms manager) looked the record of sign-ins up, for “jane”.")]
    [InlineData("something-new", "other/1", "no JSON {", null, "Rowan Demo (Comms manager) something new (other/1).")]
    public void Sentence_SaysWhoDidWhatToWhich_AndWhy(string name, string stream, string payload, string? reason, string sentence) =>
        Assert.Equal(sentence, JournalSentence.Of(Entry(name, stream, payload) with { Reason = reason }));

    [Fact]
    public void Service_HasNoRole() => Assert.StartsWith(
        "The service published a post on x/wmfs at https://x.test/1.",
        JournalSentence.Of(Entry("post-published", "account/x/wmfs", """{"url":"https://x.test/1"}""") with { ActorId = "system", ActorName = "The service", ActorRole = "system" }),
        StringComparison.Ordinal);

    // A content that is not what its event says of it is shown as far as it goes.
    [Theory]
    [InlineData("[]")]
    [InlineData("17")]
    [InlineData("""{"scope":"all","dueAt":"soon","postsHeld":"many","holdId":7}""")]
    [InlineData("""{"scope":{"areas":7}}""")]
    public void Content_ThatIsAnother_BreaksNothing(string payload)
    {
        foreach (var name in JournalSentence.Known)
        {
            Assert.NotEmpty(JournalSentence.Of(Entry(name, "hold/H-1", payload)));
        }
    }

    private static JournalEntry Entry(string name, string stream, string? payload) => new()
    {
        Stream = stream, Number = 1, At = DateTimeOffset.UnixEpoch, Event = name, ActorId = "rowan-demo", ActorName = "Rowan Demo", ActorRole = "comms-manager", Payload = payload, Hash = [1],
    };

    [GeneratedRegex("journal_append\\([^\\n]*?, '(?<name>[a-z]+(-[a-z]+)+)'", RegexOptions.ExplicitCapture)]
    private static partial Regex Appended();

    [GeneratedRegex("'(?<name>[a-z]+(-[a-z]+)+)'", RegexOptions.ExplicitCapture)]
    private static partial Regex Hyphened();
}
