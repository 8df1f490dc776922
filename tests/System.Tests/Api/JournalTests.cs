using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>The journal over the API: narrowed, in pages, as sentences and as it is stored.</summary>
public sealed class JournalTests(ServiceFixture fixture) : IDisposable
{
    private readonly ApiClient _auditor = fixture.As(Roles.Auditor);
    private readonly ApiClient _manager = fixture.As(Roles.Manager);

    [Fact]
    public async Task Journal_TellsOfAHold_InSentencesAndAsStored()
    {
        var hold = (await _manager.PostAsync("/api/holds", new { kind = "freeze", scope = new { stations = new[] { "bournbrook" } }, reason = "A test of the record" })).Json.Text("id");
        (await _manager.PostAsync($"/api/holds/{hold}/lift", new { reason = "It was a test" })).Expect(HttpStatusCode.OK);
        var found = (await _auditor.GetAsync($"/api/journal?hold={hold}")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        var lifted = found.Single(e => e!.Text("event") == "hold-lifted")!;
        Golden.Match("journal-entry", lifted);
        Assert.EndsWith($"lifted the hold {hold}. It was a test.", lifted.Text("sentence"), StringComparison.Ordinal);
        Assert.StartsWith(lifted.Text("actorName"), lifted.Text("sentence"), StringComparison.Ordinal);
        Assert.Equal(64, lifted.Text("hash").Length);
        Assert.Contains(found, e => e!.Text("event") == "hold-placed");
        Assert.All(found, e => Assert.Contains(hold, e!.Text("stream"), StringComparison.Ordinal));

        // The same, by who, what and when.
        var by = (await _auditor.GetAsync($"/api/journal?person={lifted.Text("actorId")}&event=hold-lifted&from={lifted.Text("at").Replace("+00:00", "Z", StringComparison.Ordinal)}")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        Assert.Contains(by, e => e!.Text("hash") == lifted.Text("hash"));
        Assert.All(by, e => Assert.Equal("hold-lifted", e!.Text("event")));
        Assert.Empty((await _auditor.GetAsync($"/api/journal?hold={hold}&person=nobody-of-that-name")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray());
        Assert.Empty((await _auditor.GetAsync($"/api/journal?hold={hold}&account=x/demo_wmfs_aston")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task Permissions_AreThoseThatTheServiceDecidesBy()
    {
        var all = (await _auditor.GetAsync("/api/permissions")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        var lift = all.Single(p => p!.Text("id") == "liftHold")!;
        Golden.Match("permission", lift);
        Assert.Equal([Roles.Manager], lift["roles"]!.AsArray().Select(r => r!.GetValue<string>()));
        Assert.Empty(all.Single(p => p!.Text("id") == "operate")!["roles"]!.AsArray());
    }

    [Fact]
    public async Task Pages_FollowEachOther()
    {
        var first = (await _auditor.GetAsync("/api/journal?limit=3")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(3, first["items"]!.AsArray().Count);
        var second = (await _auditor.GetAsync($"/api/journal?limit=3&cursor={first.Text("next")}")).Expect(HttpStatusCode.OK).Json;
        Assert.Empty(first["items"]!.AsArray().Select(e => e!.Text("hash")).Intersect(second["items"]!.AsArray().Select(e => e!.Text("hash")), StringComparer.Ordinal));
        Assert.True(string.CompareOrdinal(second["items"]![0]!.Text("at"), first["items"]![2]!.Text("at")) <= 0);
    }

    [Theory]
    [InlineData("account=nonsense", HttpStatusCode.UnprocessableEntity, "account-unknown")]
    [InlineData("incident=%27%3B--", HttpStatusCode.UnprocessableEntity, "filter-unknown")]
    [InlineData("person=a%00b", HttpStatusCode.UnprocessableEntity, "filter-unknown")]
    [InlineData("from=yesterday", HttpStatusCode.UnprocessableEntity, "time-not-understood")]
    [InlineData("from=2030-01-02T00:00:00Z&to=2030-01-01T00:00:00Z", HttpStatusCode.UnprocessableEntity, "filter-unknown")]
    [InlineData("cursor=nonsense", HttpStatusCode.UnprocessableEntity, "cursor-unknown")]
    [InlineData("limit=0", HttpStatusCode.UnprocessableEntity, "limit-out-of-range")]
    public async Task Search_SaysWhatItCannotLookFor(string query, HttpStatusCode status, string code) =>
        (await _auditor.GetAsync("/api/journal?" + query)).ExpectProblem(status, code);

    [Fact]
    public async Task Search_OfTooLongWords_IsRefused() =>
        (await _auditor.GetAsync("/api/journal?hold=" + new string('H', 121))).ExpectProblem(HttpStatusCode.UnprocessableEntity, "filter-unknown");

    public void Dispose()
    {
        _auditor.Dispose();
        _manager.Dispose();
    }
}
