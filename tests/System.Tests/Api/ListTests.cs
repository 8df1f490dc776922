using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Paging and filters.</summary>
public sealed class ListTests(ServiceFixture fixture)
{
    private readonly ApiClient _auditor = fixture.As(Roles.Auditor);

    [Fact]
    public async Task Accounts_ComeOnceEach_OverAllPages()
    {
        var whole = Keys((await _auditor.GetAsync("/api/accounts?limit=200")).Expect(HttpStatusCode.OK).Json);
        var paged = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await _auditor.GetAsync("/api/accounts?limit=7" + (cursor is null ? "" : "&cursor=" + cursor))).Expect(HttpStatusCode.OK).Json;
            paged.AddRange(Keys(page));
            cursor = page["next"]?.GetValue<string>();
        }
        while (cursor is not null);

        Assert.InRange(whole.Count, 100, 200);
        Assert.Equal(whole, paged);
        Assert.Equal(whole.Order(StringComparer.Ordinal), whole);
    }

    [Theory]
    [InlineData("area=coventry", "area", "coventry")]
    [InlineData("station=aston", "station", "aston")]
    [InlineData("platform=mastodon", "platform", "mastodon")]
    [InlineData("kind=corporate", "kind", "corporate")]
    [InlineData("state=open", "state", "open")]
    public async Task Accounts_AreOnlyThoseThatFit_WhenFiltered(string filter, string field, string value)
    {
        var items = (await _auditor.GetAsync($"/api/accounts?limit=200&{filter}")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        Assert.NotEmpty(items);
        Assert.All(items, item => Assert.Equal(value, item!.Text(field)));
    }

    [Fact]
    public async Task Accounts_MayHaveAnyValue_WhenAFilterIsGivenTwice()
    {
        var items = (await _auditor.GetAsync("/api/accounts?limit=200&area=coventry&area=dudley")).Json["items"]!.AsArray();
        Assert.Equal(["coventry", "dudley"], items.Select(i => i!.Text("area")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Accounts_AreFoundByWords()
    {
        var items = Keys((await _auditor.GetAsync("/api/accounts?limit=200&q=FOLESHILL")).Json);
        Assert.NotEmpty(items);
        Assert.All(items, key => Assert.Contains("foleshill", key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api/accounts?limit=0", "limit-out-of-range")]
    [InlineData("/api/accounts?limit=201", "limit-out-of-range")]
    [InlineData("/api/accounts?limit=many", "limit-out-of-range")]
    [InlineData("/api/accounts?cursor=!!", "cursor-unknown")]
    [InlineData("/api/accounts?cursor=aGFuZGJhY2sKMXww", "cursor-unknown")] // A place in the hand-back list.
    [InlineData("/api/accounts?state=asleep", "filter-unknown")]
    [InlineData("/api/accounts?kind=personal", "filter-unknown")]
    [InlineData("/api/holds?active=maybe", "filter-unknown")]
    [InlineData("/api/holds?limit=-1", "limit-out-of-range")]
    [InlineData("/api/holds?cursor=nonsense", "cursor-unknown")]
    [InlineData("/api/handback?limit=1000", "limit-out-of-range")]
    [InlineData("/api/handback?cursor=nonsense", "cursor-unknown")]
    public async Task List_IsRefused_WhenItsQueryIsWrong(string path, string code) =>
        (await _auditor.GetAsync(path)).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);

    private static List<string> Keys(JsonNode page) => [.. page["items"]!.AsArray().Select(item => item!.Text("key"))];
}
