using Coordination.Dashboard.Journal;
using Coordination.Domain.People;
using Coordination.Storage.Journal;
using Coordination.Storage.ReadModel;

namespace Coordination.Pages.Tests;

/// <summary>Who may look the journal up, and what a wish becomes.</summary>
public sealed class JournalDeskTests
{
    private readonly Recorder _search = new();

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
            [null, "account/x/wmfs off-system/x/wmfs slots/x/wmfs", "hold/H-1 notice/H-1 line/H-1", "hold/H-1", ""],
            _search.Asked.Select(q => q.Streams is null ? null : string.Join(' ', q.Streams)));
    }

    private Task<JournalAnswer> FindAsync(JournalWish wish, Role role = Role.Auditor) =>
        new JournalDesk(_search).FindAsync(wish, 10, null, new Actor("a", "A", role), TestContext.Current.CancellationToken);

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
    }
}
