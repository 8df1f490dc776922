using Coordination.Dashboard.Journal;
using Coordination.Domain.People;
using Coordination.Storage.Journal;
using Coordination.Storage.ReadModel;

namespace Coordination.Pages.Tests;

/// <summary>Who may look the journal up, and what a wish becomes.</summary>
public sealed class JournalDeskTests
{
    private readonly Recorder _search = new();
    private readonly Looks _looks = new();

    [Theory]
    [InlineData(Role.AccountHolder)]
    [InlineData(Role.FdsOfficer)]
    [InlineData(Role.FireControl)]
    public async Task Journal_IsForThoseWhoMayReadIt(Role role)
    {
        var answer = await FindAsync(JournalWish.All, role);
        Assert.Equal("forbidden", answer.Refusal?.Code);
        Assert.Null(answer.Found);
        Assert.Empty(_search.Asked);
        Assert.Empty(_looks.Recorded);
    }

    [Fact]
    public async Task Person_IsEverybodyOfThatName_OrTheIdAsItIs()
    {
        await FindAsync(JournalWish.All with { Person = " Jo " });
        await FindAsync(JournalWish.All with { Person = "gone-1" });
        await FindAsync(JournalWish.All with { Person = "The Service" });
        Assert.Equal(["jo-1,jo-2", "gone-1", "system"], _search.Asked.Select(q => string.Join(',', q.ActorIds!)));
        Assert.Equal("filter-unknown", (await FindAsync(JournalWish.All with { Person = "a" })).Refusal?.Code);
        Assert.Equal(3, _search.Asked.Count);
    }

    [Fact]
    public async Task Streams_AreThoseThatAllOfItTellsOf()
    {
        await FindAsync(JournalWish.All);
        await FindAsync(JournalWish.All with { Account = "x/wmfs" });
        await FindAsync(JournalWish.All with { Hold = "H-1" });
        await FindAsync(JournalWish.All with { Hold = "H-1", Incident = "INC-1" });
        await FindAsync(JournalWish.All with { Account = "x/wmfs", Hold = "H-1" });
        Assert.Equal(
            [null, "account/x/wmfs off-system/x/wmfs slots/x/wmfs sign-in/x/wmfs keep/account/x/wmfs", "hold/H-1 notice/H-1 line/H-1", "hold/H-1", ""],
            _search.Asked.Select(q => q.Streams is null ? null : string.Join(' ', q.Streams)));
    }

    [Fact]
    public async Task Look_IsRecorded_BeforeAnythingIsShown_AndItsNextPageIsTheSameLook()
    {
        await FindAsync(JournalWish.All with { Account = "x/wmfs", From = DateTimeOffset.UnixEpoch });
        await FindAsync(JournalWish.All with { Account = "x/wmfs" }, cursor: "next");
        Assert.Equal(["journal-read a account=x/wmfs from=1970-01-01T00:00:00.0000000+00:00 right=readJournal"], _looks.Recorded);

        _looks.Away = true;
        await Assert.ThrowsAsync<TimeoutException>(() => FindAsync(JournalWish.All));
        Assert.Equal(2, _search.Asked.Count);
    }

    [Fact]
    public async Task Find_LooksForPrograms_WhereNobodyIsCalledSo()
    {
        await FindAsync(JournalWish.All with { Person = "screen" });
        await FindAsync(JournalWish.All with { Person = "Jo" });
        await FindAsync(JournalWish.All with { Person = "gone" });
        Assert.Equal(["jo-1", "jo-2"], _search.Asked[0].ActorIds!);
        Assert.Equal(["Wall screen"], _search.Asked[0].Clients!);
        Assert.Null(_search.Asked[1].Clients);
        Assert.Equal((1, null), (_search.Asked[2].ActorIds!.Count, _search.Asked[2].Clients));
    }

    private Task<JournalAnswer> FindAsync(JournalWish wish, Role role = Role.Auditor, string? cursor = null) =>
        new JournalDesk(_search, _looks).FindAsync(wish, 10, cursor, new Actor("a", "A", role), TestContext.Current.CancellationToken);

    private sealed class Recorder : IJournalSearch
    {
        public List<JournalQuery> Asked { get; } = [];

        public Task<Page<JournalEntry>> FindAsync(JournalQuery query, int limit, string? cursor, CancellationToken cancellationToken)
        {
            Asked.Add(query);
            return Task.FromResult(new Page<JournalEntry>([], null));
        }

        public Task<IReadOnlyList<string>> StreamsOfIncidentAsync(string number, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<string>>(["incident-file/" + number, "hold/H-1"]);

        public Task<IReadOnlyList<string>> PeopleAsync(string words, int most, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<string>>(words switch { "Jo" => ["jo-1", "jo-2"], "a" => [.. Enumerable.Range(0, most).Select(i => $"a-{i}")], _ => [] });

        public Task<IReadOnlyList<(string Name, string OwnerId)>> ClientsAsync(string words, int most, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<(string Name, string OwnerId)>>(words is "screen" ? [("Wall screen", "jo-1"), ("Wall screen", "jo-2")] : []);
    }

    private sealed class Looks : IReadingRecord
    {
        public List<string> Recorded { get; } = [];

        public bool Away { get; set; }

        public Task RecordAsync(string name, IReadOnlyDictionary<string, string> what, Actor actor, CancellationToken cancellationToken)
        {
            Recorded.Add($"{name} {actor.Id} {string.Join(' ', what.OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => w.Key + "=" + w.Value))}");
            return Away ? Task.FromException(new TimeoutException()) : Task.CompletedTask;
        }
    }
}
