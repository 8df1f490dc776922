using System.Text.Json.Nodes;
using Coordination.Domain.Holds;
using Coordination.Storage.Exports;
using Coordination.Storage.Tests.Fence;
using Coordination.Storage.Tests.Verification;
using Coordination.Testing;
using CsCheck;
using Xunit;
using static Coordination.Storage.Tests.Exports.ExportGround;

namespace Coordination.Storage.Tests.Exports;

/// <summary>What is in an export of a real journal, and that it verifies with nothing but itself.</summary>
public sealed class ExportTests(FastPostgresFixture server)
{
    private static readonly ExportQuestion Aston = new(ExportKind.Account, "x/aston", null, null);
    private static readonly ExportQuestion Everything = new(ExportKind.Period, null, null, null);

    [Fact]
    public async Task Export_OfEachSubject_Verifies_AndHoldsWhatBelongsToIt()
    {
        await using var ground = await Worked.MakeAsync(server);

        var all = await HoldsAsync(ground, Everything);
        Assert.Equal(await ground.ScalarAsync<long>("select count(distinct stream) from journal"), all.Count);

        // foleshill acknowledged a freeze that stands; canley did not, and it covers canley all the same.
        Assert.Equal(["account/x/foleshill", "hold/H-000002"], await HoldsAsync(ground, new(ExportKind.Account, "x/foleshill", null, null)));
        Assert.Equal(["account/x/canley", "hold/H-000002"], await HoldsAsync(ground, new(ExportKind.Account, "x/canley", null, null)));
        Assert.Equal(["account/x/walsall", "hold/H-000001"], await HoldsAsync(ground, new(ExportKind.Account, "x/walsall", null, null)));

        var person = await ExportAsync(ground, new(ExportKind.Person, Staff.Second.Id, null, null));
        Assert.True((await VerifyAsync(person)).Agrees);
        Assert.All(Lines(person), l => Assert.Equal(Staff.Second.Id, l["actor"]!["id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Incident_BringsItsHolds_TheirLines_AndTheirMessages()
    {
        await using var ground = await Ground.MakeAsync(server);
        var hold = await ground.PlaceAsync(Ground.Order(new Scope { All = true }) with { Incident = "INC-7" });
        await ground.PlaceAsync(Ground.Order(new Scope { All = true }) with { Incident = "INC-8" });
        foreach (var stream in new[] { "incident-file/INC-7", "exercise-file/INC-7", "line/" + hold.Id, "notice/" + hold.Id })
        {
            await AppendAsync(ground, stream);
        }

        Assert.Equal(
            [$"hold/{hold.Id}", "incident-file/INC-7", $"line/{hold.Id}", $"notice/{hold.Id}"],
            (await HoldsAsync(ground, new(ExportKind.Incident, "INC-7", null, null))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Period_TakesItsFirstMoment_AndNotItsLast_AndVerifiesFromTheMiddleOfAStream()
    {
        await using var ground = await Ground.MakeAsync(server);
        await AppendAsync(ground, "scope/a", 5);
        var times = await ground.ScalarAsync<DateTime[]>("select array_agg(at order by number) from journal");
        var zip = await ExportAsync(ground, new(ExportKind.Period, null, times[1], times[4]));

        Assert.Equal([2, 3, 4], Lines(zip).Select(l => l["number"]!.GetValue<int>()));
        Assert.True((await VerifyAsync(zip)).Agrees);
        Assert.Equal(new ExportStream("scope/a", 3, 2, 4, await HashAsync(ground, "scope/a", 4)), Assert.Single((await VerifyAsync(zip)).Manifest.Streams));
    }

    [Fact]
    public async Task Open_FindsNothing_WhereTheJournalHasNothing()
    {
        await using var ground = await Ground.MakeAsync(server);
        foreach (var kind in Enum.GetValues<ExportKind>())
        {
            Assert.Null(await new ExportSources(ground.Database).OpenAsync(new(kind, kind == ExportKind.Period ? null : "x/nobody", null, null), CancellationToken.None));
        }

        Assert.Equal(new ExportSize(0, 0), await new ExportSources(ground.Database).MeasureAsync(Everything, CancellationToken.None));
    }

    [Fact]
    public async Task Export_IsOfOneMoment_WhateverIsWrittenMeanwhile()
    {
        await using var ground = await Ground.MakeAsync(server);
        await AppendAsync(ground, "scope/a", 3);
        await using var source = await new ExportSources(ground.Database).OpenAsync(Everything, CancellationToken.None);
        await AppendAsync(ground, "scope/a", 3);
        using var zip = new MemoryStream();
        var end = await new ExportWriter(source!, Head, new ExportForms(true, null)).WriteAsync(zip, CancellationToken.None);

        Assert.Equal(3, end.Entries);
        Assert.True((await VerifyAsync(zip.ToArray())).Agrees);
    }

    [Fact]
    public async Task Redacted_IsThere_SaysSo_AndVerifies()
    {
        await using var ground = await Ground.MakeAsync(server);
        await AppendAsync(ground, "scope/a", 3);
        await ground.EraseAsync("scope/a", 2);
        var zip = await ExportAsync(ground, Everything);
        var verdict = await VerifyAsync(zip);

        Assert.True(verdict.Agrees, string.Join('\n', verdict.Faults));
        Assert.Equal(1, verdict.Manifest.Redacted);
        var line = Assert.Single(Lines(zip), l => l["redacted"]!.GetValue<bool>());
        Assert.Equal(("scope/a", 2), (line["stream"]!.GetValue<string>(), line["number"]!.GetValue<int>()));
        Assert.StartsWith("scope/a,2,", Assert.Single(Unpack(zip)["entries.csv"].Split("\r\n"), row => row.Contains(",yes,", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=cmd()")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@sum")]
    [InlineData("\tx")]
    [InlineData("\rx")]
    public async Task Csv_HasNoCell_ThatASpreadsheetRuns(string reason)
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.ExecuteAsync("select journal_append('scope/a', 'e', 'a', $1, 'r', null, null, $1, $1)", reason);
        var zip = await ExportAsync(ground, Everything);

        var row = Unpack(zip)["entries.csv"].Split("\r\n", 2)[1];
        Assert.Equal(3, row.Split("\"'" + reason + "\"").Length - 1);
        Assert.True((await VerifyAsync(zip)).Agrees);
    }

    [Fact]
    public async Task Broken_LeavesAFile_ThatNobodyTakesForWhole()
    {
        await using var ground = await Ground.MakeAsync(server);
        await AppendAsync(ground, "scope/a", 3);
        await using var source = await new ExportSources(ground.Database).OpenAsync(Everything, CancellationToken.None);
        using var zip = new MemoryStream();
        await Assert.ThrowsAsync<InvalidOperationException>(() => new ExportWriter(source!, Head, new ExportForms(true, _ => throw new InvalidOperationException("No paper."))).WriteAsync(zip, CancellationToken.None));

        var why = await Assert.ThrowsAsync<ExportUnreadableException>(() => VerifyAsync(zip.ToArray()));
        Assert.Contains("cut short", why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyExport_OfAnyJournal_Verifies()
    {
        await using var ground = await Ground.MakeAsync(server);
        var text = Gen.OneOf(Gen.String[Gen.Char['\u0001', '\u024f'], 0, 30], Gen.OneOf("", "=1", "a,\"b\"\r\n", "\U0001F692", "'", "\"\"", "\n", "\uFEFF", "\u2028"));
        var entry = Gen.Select(Gen.Int[0, 3], text, text, text, Gen.Bool, Gen.Int[0, 5]);
        var journal = Gen.Select(entry.Array[1, 12], Gen.Enum<ExportKind>());
        var run = 0;
        journal.SampleSeeded(
            input =>
            {
                run++;
                return CheckAsync(ground, run, input.Item1, input.Item2).GetAwaiter().GetResult();
            },
            iter: 25);
        Assert.Equal(25, run);
    }

    [Fact]
    public async Task Store_KeepsWhatWasMade_AndWhatWasCutShort_AndTheRecordVerifies()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new ExportStore(ground.Database);
        var (cut, whole) = (Guid.NewGuid(), Guid.NewGuid());
        await store.BeginAsync(cut, Aston, "csv", "Inquiry 7", Staff.Comms, CancellationToken.None);
        await store.BeginAsync(whole, Everything with { From = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero) }, "pdf", "FOI 12", Staff.Officer, CancellationToken.None);
        var end = new ExportEnd(12, 3456, new string('a', 64));
        await store.FinishAsync(whole, end, Staff.Officer, CancellationToken.None);

        var made = await store.ListAsync(10, CancellationToken.None);
        Assert.Equal([whole, cut], made.Select(m => m.Id));
        Assert.Equal((end, "FOI 12", "lee-comms", "period"), (made[0].End, made[0].Reason, made[0].By.Id, made[0].Asked!.Kind));
        Assert.Equal((null, null, "x/aston"), (made[1].End, made[1].FinishedAt, made[1].Asked!.Key));
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.FinishAsync(whole, end, Staff.Officer, CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.FinishAsync(Guid.NewGuid(), end, Staff.Officer, CancellationToken.None));

        var report = await new Coordination.Storage.Verification.Verifier(ground.ConnectionString, TimeProvider.System).RunAsync(null, CancellationToken.None);
        Assert.True(report.Agrees, string.Join('\n', report.Checks.SelectMany(c => c.Differences)));
        Assert.Equal(3, report.Entries);
    }

    private static async Task<bool> CheckAsync(Ground ground, int run, (int Stream, string Who, string Why, string What, bool Redacted, int Actor)[] entries, ExportKind kind)
    {
        var account = $"x/a{run}";
        foreach (var e in entries)
        {
            await ground.ExecuteAsync(
                "select journal_append($1, 'e', $2, $3, 'r', null, null, nullif($4, ''), $5)",
                e.Stream switch { 0 => "account/" + account, 1 => "slots/" + account, 2 => "incident-file/" + account, _ => "scope/" + run },
                "person-" + (e.Actor % 2), e.Who, e.Why, e.What);
            if (e.Redacted)
            {
                var last = await ground.ScalarAsync<string>("select number || ' ' || stream from journal where salt is not null and stream not like 'redaction/%' order by at desc limit 1");
                var split = last.IndexOf(' ', StringComparison.Ordinal);
                await ground.EraseAsync(last[(split + 1)..], long.Parse(last.AsSpan(0, split), System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        var question = new ExportQuestion(kind, kind switch { ExportKind.Person => "person-1", ExportKind.Period => null, _ => account }, null, null);
        await using var source = await new ExportSources(ground.Database).OpenAsync(question, CancellationToken.None);
        if (source is null)
        {
            return true;
        }

        using var zip = new MemoryStream();
        var end = await new ExportWriter(source, Head, new ExportForms(true, null)).WriteAsync(zip, CancellationToken.None);
        var verdict = await VerifyAsync(zip.ToArray());
        Assert.True(verdict.Agrees, string.Join('\n', verdict.Faults));
        Assert.Equal((end.Entries, end.ManifestSha256), (verdict.Entries, verdict.ManifestSha256));
        return true;
    }

    private static Task AppendAsync(Ground ground, string stream, int times = 1) => ground.ExecuteAsync(
        "select journal_append($1, 'e', 'a', 'A', 'r', null, null, 'why ' || i, '{\"n\":' || i || '}') from generate_series(1, $2) i", stream, times);

    private static async Task<string> HashAsync(Ground ground, string stream, int number) =>
        await ground.ScalarAsync<string>("select encode(hash, 'hex') from journal where stream = $1 and number = $2", stream, number);

    private static async Task<List<string>> HoldsAsync(Ground ground, ExportQuestion question)
    {
        var verdict = await VerifyAsync(await ExportAsync(ground, question));
        Assert.True(verdict.Agrees, string.Join('\n', verdict.Faults));
        return [.. verdict.Manifest.Streams.Select(s => s.Stream)];
    }

    private static List<JsonNode> Lines(byte[] zip) => [.. Unpack(zip)["entries.jsonl"].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];
}
