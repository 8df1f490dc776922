using Coordination.Storage.Journal;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Journal;

/// <summary>Who looked at the record is in the record, each look once.</summary>
public sealed class ReadingRecordTests(FastPostgresFixture server)
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Look_IsRecordedOnce_ForTenMinutes_AndForEachPersonByThemselves()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (reading, search) = (new ReadingRecord(ground.Database), new JournalSearch(ground.Database));
        var aston = new Dictionary<string, string>(StringComparer.Ordinal) { ["right"] = "readJournal", ["account"] = "x/aston" };
        var other = new Dictionary<string, string>(StringComparer.Ordinal) { ["right"] = "readJournal", ["account"] = "x/other" };
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => reading.RecordAsync(ReadingRecord.JournalRead, aston, Staff.Comms, None)));
        await reading.RecordAsync(ReadingRecord.JournalRead, other, Staff.Comms, None);
        await reading.RecordAsync(ReadingRecord.JournalRead, aston, Staff.Comms, None);
        await reading.RecordAsync(ReadingRecord.EvidenceRead, aston, Staff.Comms, None);
        await reading.RecordAsync(ReadingRecord.JournalRead, aston, Staff.Holder, None);
        Assert.Equal(["journal-read x/aston", "journal-read x/other", "evidence-read x/aston"], await OfAsync(search, Staff.Comms.Id));
        Assert.Equal(["journal-read x/aston"], await OfAsync(search, Staff.Holder.Id));

        await ground.ExecuteAsync("alter table journal disable trigger all; update journal set at = at - interval '10 minutes 1 second'");
        await reading.RecordAsync(ReadingRecord.JournalRead, aston, Staff.Holder, None);
        Assert.Equal(2, (await OfAsync(search, Staff.Holder.Id)).Count);
    }

    [Fact]
    public async Task Looks_AreAChainLikeEverythingElse()
    {
        await using var ground = await Ground.MakeAsync(server);
        await new ReadingRecord(ground.Database).RecordAsync(ReadingRecord.EvidenceRead, new Dictionary<string, string>(StringComparer.Ordinal) { ["postId"] = "1" }, Staff.Comms, None);
        var verdict = await new JournalReader(ground.Database).VerifyAsync("reading/" + Staff.Comms.Id, None);
        Assert.Equal((1, true), (verdict.Entries, verdict.Intact));
    }

    private static async Task<List<string>> OfAsync(JournalSearch search, string person) =>
        [.. (await search.FindAsync(new JournalQuery { Streams = ["reading/" + person] }, 50, null, None)).Items.Reverse().Select(e => $"{e.Event} {(e.Payload!.Contains("aston", StringComparison.Ordinal) ? "x/aston" : "x/other")}")];
}
