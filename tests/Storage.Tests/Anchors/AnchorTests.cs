using Coordination.Storage.Anchors;
using Coordination.Storage.Journal;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Anchors;

/// <summary>Who may do everything in the database can rewrite a whole chain so that it fits together; what was anchored outside it does not fit any more.</summary>
public sealed class AnchorTests(FastPostgresFixture server) : IDisposable
{
    // As the database seals an entry itself, for everything from the second entry on.
    private const string RewriteAll = """
        alter table journal disable trigger all;
        update journal set payload = replace(payload, 'Open day', 'Open house') where number = 4;
        do $$
        declare e journal; former bytea := '\x';
        begin
            for e in select * from journal where stream like 'account/%' order by number loop
                e.payload_hash := sha256(e.salt || convert_to(journal_field(e.payload) || journal_field(e.reason), 'UTF8'));
                e.hash := sha256(former || convert_to(journal_field(e.stream) || journal_field(e.number::text) || journal_field((extract(epoch from e.at) * 1000000)::bigint::text)
                    || journal_field(e.event) || journal_field(e.actor_id) || journal_field(e.actor_name) || journal_field(e.actor_role)
                    || journal_field(e.operation_id::text) || journal_field(e.fence_seq::text), 'UTF8') || e.payload_hash);
                update journal j set payload_hash = e.payload_hash, hash = e.hash where (j.stream, j.number) = (e.stream, e.number);
                former := e.hash;
            end loop;
        end $$;
        """;

    private readonly TemporaryFolder _folder = new("anchors");

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(_folder.Path, "anchors.jsonl");

    [Fact]
    public async Task Rewriting_ThatFitsTogether_IsFound()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        await account.ScheduleAsync(text: "Open day");
        await AnchorAsync(ground);
        await ground.ExecuteAsync(RewriteAll);

        // The chain itself says nothing: that is why there are anchors.
        var chain = await new JournalReader(ground.Database).VerifyAsync("account/" + account.Key, None);
        Assert.True(chain.Intact, chain.What);
        Assert.Equal(1L, await ground.ScalarAsync<long>("select count(*) from journal where payload like '%Open house%'"));
        Assert.Equal($"account/{account.Key}: entry 4, or one before it, is not the one that was anchored: the record was rewritten.", Assert.Single((await VerifyAsync(ground)).Faults));
    }

    [Theory]
    [InlineData("delete from journal where number >= 3")]
    [InlineData("delete from journal")]
    public async Task Shortening_IsFound(string tampering)
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        await account.ScheduleAsync();
        await AnchorAsync(ground);
        await ground.ExecuteAsync("alter table journal disable trigger all; " + tampering);
        Assert.Equal($"account/{account.Key}: entry 4 was anchored and is not in the journal any more.", Assert.Single((await VerifyAsync(ground)).Faults));
    }

    [Fact]
    public async Task Journal_ThatWentOn_Agrees_AndOnlyWhatHasGrownIsAnchoredAgain()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (one, other) = (await ground.AccountAsync(), await ground.AccountAsync("other"));
        await AnchorAsync(ground);
        await ground.ExecuteAsync("alter table journal disable trigger all; update journal set at = at - interval '1 hour'; alter table journal enable trigger all");
        await one.ScheduleAsync();
        await AnchorAsync(ground);
        await AnchorAsync(ground, late: TimeSpan.FromHours(1));
        await ground.EraseAsync("account/x/aston", 4);
        var lines = (await File.ReadAllLinesAsync(Path, None)).Select(l => Anchor.Read(l)!).ToArray();
        Assert.Equal(["account/" + one.Key, "account/" + other.Key], lines[0].Heads.Select(h => h.Stream));
        Assert.Equal(["account/" + one.Key], lines[1].Heads.Select(h => h.Stream));
        Assert.Equal(2, lines.Length);
        var verdict = await VerifyAsync(ground);
        Assert.Equal((2, 3, 0), (verdict.Anchors, verdict.Heads, verdict.Found));
    }

    [Theory]
    [InlineData(0, "Line 2 of the file does not follow")]
    [InlineData(1, "Line 3 of the file does not follow")]
    [InlineData(2, "Line 2 of the file does not follow")]
    public async Task File_ThatWasChanged_IsFound(int how, string words)
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        for (var i = 0; i < 3; i++)
        {
            await account.ScheduleAsync();
            await AnchorAsync(ground);
        }

        var lines = await File.ReadAllLinesAsync(Path, None);
        string[] changed = how switch
        {
            // One line taken out, one changed, two that changed places.
            0 => [lines[0], lines[2]],
            1 => [lines[0], lines[1].Replace("\"number\":2", "\"number\":4", StringComparison.Ordinal), lines[2]],
            _ => [lines[1], lines[0], lines[2]],
        };
        await File.WriteAllLinesAsync(Path, changed, None);
        Assert.Contains((await VerifyAsync(ground)).Faults, f => f.StartsWith(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Line_ThatAHostDidNotFinish_IsNoFault_OnceTheNextFollows()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        await AnchorAsync(ground);
        await File.AppendAllTextAsync(Path, "{\"anchor\":{\"number\":2,\"at\":", None);
        Assert.StartsWith("Line 2 of the file, after the last whole one, cannot be read", Assert.Single((await VerifyAsync(ground)).Faults), StringComparison.Ordinal);
        await account.ScheduleAsync();
        await AnchorAsync(ground);
        Assert.Equal(3, (await File.ReadAllLinesAsync(Path, None)).Length);
        var verdict = await VerifyAsync(ground);
        Assert.Equal((2, 0), (verdict.Anchors, verdict.Found));
    }

    [Fact]
    public async Task ManyStreams_AreSeveralAnchors_AndOnlyTheLastHasEverything()
    {
        var file = new AnchorFile(Path);
        var heads = Enumerable.Range(0, Anchor.MostHeads + 1).Select(i => new AnchorHead($"account/x/{i}", 1, "00")).ToArray();
        var through = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(2, await file.AddAsync(through, through, heads, None));
        Assert.Equal(0, await file.AddAsync(through, through, [], None));
        var again = await new AnchorFile(Path).LastAsync(None);
        Assert.Equal((2, through, 1), (again!.Number, again.Through, again.Heads.Count));
        Assert.Equal(DateTimeOffset.UnixEpoch, Anchor.Read((await File.ReadAllLinesAsync(Path, None))[0])!.Through);
    }

    public void Dispose() => _folder.Dispose();

    private async Task AnchorAsync(Ground ground, TimeSpan late = default)
    {
        // As a host that was started anew: from the file alone.
        var file = new AnchorFile(Path);
        var since = (await file.LastAsync(None))?.Through + late;
        var (through, heads) = await new AnchorSource(ground.Database).ReadAsync(since, None);
        await file.AddAsync(through, through, heads, None);
    }

    private Task<AnchorVerdict> VerifyAsync(Ground ground) => new AnchorVerifier(new AnchorSource(ground.Database)).VerifyAsync(File.ReadLinesAsync(Path), None);
}
