using System.Globalization;
using Coordination.Domain.Holds;
using Coordination.Storage.Journal;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Journal;

/// <summary>Looking entries up: by whom, of what, when, what kind; in pages that leave nothing out and show nothing twice.</summary>
public sealed class JournalSearchTests(FastPostgresFixture server)
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_NarrowsByAllThatIsNamed()
    {
        await using var ground = await Ground.MakeAsync(server);
        var search = new JournalSearch(ground.Database);
        await AppendAsync(ground, "scope/a", "scope-saved", "rowan", "comms-manager");
        await AppendAsync(ground, "scope/a", "scope-removed", "sam", "comms-officer");
        await AppendAsync(ground, "hold/H-1", "hold-placed", "rowan", "comms-manager");
        await AppendAsync(ground, "account/x/a", "permit-issued", "system", "system");
        await AppendAsync(ground, "account/x/a", "post-scheduled", "sam", "comms-officer");

        Assert.Equal(["account/x/a 2", "account/x/a 1", "hold/H-1 1", "scope/a 2", "scope/a 1"], await NamesAsync(search, new JournalQuery()));
        Assert.Equal(["scope/a 2", "scope/a 1"], await NamesAsync(search, new JournalQuery { Streams = ["scope/a", "scope/none"] }));
        Assert.Equal(["hold/H-1 1", "scope/a 1"], await NamesAsync(search, new JournalQuery { ActorIds = ["rowan"] }));
        Assert.Equal(["account/x/a 2", "hold/H-1 1", "scope/a 2", "scope/a 1"], await NamesAsync(search, new JournalQuery { ActorIds = ["rowan", "sam"] }));
        Assert.Equal(["account/x/a 1"], await NamesAsync(search, new JournalQuery { ActorIds = ["system"] }));
        Assert.Equal(["hold/H-1 1"], await NamesAsync(search, new JournalQuery { Events = ["hold-placed"] }));
        Assert.Equal(["account/x/a 2", "hold/H-1 1"], await NamesAsync(search, new JournalQuery { Events = ["hold-placed", "post-scheduled"] }));
        Assert.Equal(["scope/a 2"], await NamesAsync(search, new JournalQuery { Streams = ["scope/a"], ActorIds = ["sam"], Events = ["scope-removed"] }));
        Assert.Empty(await NamesAsync(search, new JournalQuery { Streams = [] }));

        var all = (await search.FindAsync(new JournalQuery(), 10, null, None)).Items;
        Assert.Equal(["hold/H-1 1", "scope/a 2"], await NamesAsync(search, new JournalQuery { From = all[3].At, To = all[1].At }));
    }

    // Entries of one moment are told apart by stream and number.
    [Fact]
    public async Task Pages_LeaveNothingOut_AndShowNothingTwice()
    {
        await using var ground = await Ground.MakeAsync(server);
        for (var i = 0; i < 30; i++)
        {
            await AppendAsync(ground, "scope/" + (i % 4).ToString(CultureInfo.InvariantCulture), "scope-saved", "rowan", "comms-manager");
        }

        await ground.ExecuteAsync("alter table journal disable trigger all; update journal set at = date_trunc('minute', at) where number <= 4");
        var search = new JournalSearch(ground.Database);
        var (seen, cursor) = (new List<JournalEntry>(), (string?)null);
        do
        {
            var page = await search.FindAsync(new JournalQuery(), 7, cursor, None);
            seen.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(30, seen.Select(e => (e.Stream, e.Number)).Distinct().Count());
        Assert.Equal(30, seen.Count);
        Assert.Equal(seen.Select(e => e.At).OrderDescending(), seen.Select(e => e.At));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task Cursor_OfSomethingElse_IsRefused(string cursor)
    {
        await using var ground = await Ground.MakeAsync(server);
        await Assert.ThrowsAsync<BadCursorException>(() => new JournalSearch(ground.Database).FindAsync(new JournalQuery(), 7, cursor, None));
    }

    [Fact]
    public async Task People_AreFoundByIdAndByAPartOfTheName_AlsoThoseWhoLeft()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.ExecuteAsync("insert into staff (id, name, role, active) values ('jo-1', 'Jo Marsh', 'auditor', true), ('ann-2', 'Ann Jones', 'auditor', false), ('kim', 'Kim 100%', 'auditor', true)");
        var search = new JournalSearch(ground.Database);
        Assert.Equal(["ann-2", "jo-1"], await search.PeopleAsync("JO", 10, None));
        Assert.Equal(["jo-1"], await search.PeopleAsync("jo-1", 10, None));
        Assert.Equal(["kim"], await search.PeopleAsync("%", 10, None));
        Assert.Empty(await search.PeopleAsync("nobody at all", 10, None));
        Assert.Single(await search.PeopleAsync("jo", 1, None));
    }

    [Fact]
    public async Task Incident_IsToldOfByItsFile_AndItsHolds()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.PlaceAsync(Ground.Order(Scope.Everything) with { Incident = "INC-7" });
        await ground.PlaceAsync(Ground.Order(Scope.Everything) with { Incident = "INC-8" });
        var streams = await new JournalSearch(ground.Database).StreamsOfIncidentAsync("INC-7", None);
        var hold = await ground.ScalarAsync<string>("select id from hold where incident = 'INC-7'");
        Assert.Equal(new[] { "exercise-file/INC-7", "hold/" + hold, "incident-file/INC-7", "line/" + hold, "notice/" + hold }, streams.Order(StringComparer.Ordinal));
    }

    private static async Task<List<string>> NamesAsync(JournalSearch search, JournalQuery query) =>
        [.. (await search.FindAsync(query, 50, null, None)).Items.Select(e => $"{e.Stream} {e.Number}")];

    private static Task AppendAsync(Ground ground, string stream, string name, string actor, string role) =>
        ground.ExecuteAsync($"select journal_append('{stream}', '{name}', '{actor}', 'Somebody', '{role}', null, null, null, '{{}}')");
}
