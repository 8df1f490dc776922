using System.Globalization;
using Coordination.Silo.Hosting;
using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Live;

/// <summary>What goes out around the service while a hold stands is found, and what could not be looked at is named.</summary>
[Collection(OwnProduct.Name)]
public sealed class OffSystemTests(OffSystemFixture fixture) : IClassFixture<OffSystemFixture>, IDisposable
{
    private readonly ApiClient _comms = fixture.Manager();

    [Fact]
    public async Task APostMadeAroundTheService_IsShownWithItsLink_AndOneThatCameThroughItIsNot()
    {
        const string Account = "mastodon/demo_wmfs_aston";
        var hold = await _comms.HoldAsync("centralCoordination", Account);
        var post = (await _comms.PostAsync($"/api/accounts/{Account}/posts", new { text = "The agreed line." })).Expect(HttpStatusCode.Created).Json.Text("id");
        await _comms.PostBecomesAsync(post, "published");
        var theirs = await fixture.Sandbox.PublishAroundAsync(Account, "Not the agreed line.");

        await BecomesAsync(hold, o => Found(o) == 1 && Checked(o) == 1, "the post is found");
        var list = await ListAsync(hold);
        Golden.Match("hold-off-system", list);
        var found = Assert.Single(list["items"]!.AsArray())!;
        Assert.Equal((theirs, Account), (found.Text("remoteId"), found.Text("account")));
        Assert.EndsWith($"/@mastodon_demo_wmfs_aston/{theirs}", found.Text("url"), StringComparison.Ordinal);
        Assert.DoesNotContain("agreed line", list.ToJsonString(), StringComparison.Ordinal);

        // Looked through again it is still one: each once, and the agreed line never.
        var seen = found.Text("seenAt");
        var later = await BecomesAsync(hold, o => string.CompareOrdinal(o.Text("lastCheckedAt"), seen) > 0, "the account is looked through again");
        Assert.Equal(1, Found(later));
        Assert.Empty((await ListAsync(hold))["unchecked"]!.AsArray());
        await _comms.LiftAsync(hold);
    }

    [Fact]
    public async Task AfterTheLift_NothingIsLookedThroughAnyMore()
    {
        const string Lifted = "x/demo_wmfs_canley", Standing = "x/demo_wmfs_binley";
        var over = await _comms.HoldAsync("freeze", Lifted);
        var other = await _comms.HoldAsync("freeze", Standing);
        await BecomesAsync(over, o => Checked(o) == 1, "the first account is looked through");
        await _comms.LiftAsync(over);
        var last = (await OffSystemAsync(over)).Text("lastCheckedAt");
        await fixture.Sandbox.PublishAroundAsync(Lifted, "Open again.");
        await fixture.Sandbox.PublishAroundAsync(Standing, "Around the hold.");

        // The account that is still held has its turn again and again meanwhile.
        await BecomesAsync(other, o => Found(o) == 1, "the held account's post is found");
        for (var turns = 0; turns < 3; turns++)
        {
            var at = (await OffSystemAsync(other)).Text("lastCheckedAt");
            await BecomesAsync(other, o => string.CompareOrdinal(o.Text("lastCheckedAt"), at) > 0, "the held account has another turn");
        }

        var after = await OffSystemAsync(over);
        Assert.Equal((0, last), (Found(after), after.Text("lastCheckedAt")));
        await _comms.LiftAsync(other);
    }

    [Theory]
    [InlineData("facebook/demo_wmfs_coventry", 503, null, "503")]
    [InlineData("facebook/demo_wmfs_dudley", 429, 3600, "allows no more requests for now")]
    public async Task APlatformThatDoesNotAnswer_LeavesItsAccountNamedAsUnchecked_WithWhy(string account, int status, int? retryAfter, string says)
    {
        const string Fine = "facebook/demo_wmfs_walsall";
        await fixture.Sandbox.RefuseAsync(account, status, retryAfter);
        var hold = await _comms.HoldAsync("freeze", account, Fine);
        var id = hold.Text("id");
        var reason = await Eventually.Becomes(
            async () => (await _comms.GetAsync($"/api/holds/{id}/off-system/unchecked")).Expect(HttpStatusCode.OK).Json,
            list => list["items"]!.AsArray() is [{ } only] && string.Equals(only.Text("code"), "failed", StringComparison.Ordinal),
            "one account is named as unchecked");
        Golden.Match("hold-off-system-unchecked", reason);
        Assert.Equal(account, reason["items"]![0]!.Text("account"));
        Assert.Contains(says, reason["items"]![0]!.Text("reason"), StringComparison.Ordinal);
        var check = await OffSystemAsync(hold);
        Assert.Equal((2, 1), (check["covered"]!.GetValue<int>(), Checked(check)));
        Assert.Equal(account, (await ListAsync(hold))["unchecked"]![0]!.Text("account"));

        await fixture.Sandbox.BehaveAsync();
        if (retryAfter is null)
        {
            await BecomesAsync(hold, o => Checked(o) == 2, "it answers again");
        }

        await _comms.LiftAsync(hold);
    }

    [Theory]
    [InlineData("?limit=0", HttpStatusCode.UnprocessableEntity, "limit-out-of-range")]
    [InlineData("?cursor=nonsense", HttpStatusCode.UnprocessableEntity, "cursor-unknown")]
    public async Task Lists_RefuseWhatIsNoPage_InWords(string query, HttpStatusCode status, string code)
    {
        var hold = await _comms.HoldAsync("freeze", "x/demo_wmfs_aston");
        foreach (var list in (string[])["off-system", "off-system/unchecked"])
        {
            (await _comms.GetAsync($"/api/holds/{hold.Text("id")}/{list}{query}")).ExpectProblem(status, code);
            (await _comms.GetAsync($"/api/holds/H-999999/{list}")).ExpectProblem(HttpStatusCode.NotFound, "hold-unknown");
        }

        await _comms.LiftAsync(hold);
    }

    [Theory]
    [InlineData("00:00:01", 6, true)]
    [InlineData("01:00:00", 60_000, true)]
    [InlineData("00:00:00.9", 600, false)]
    [InlineData("01:00:01", 600, false)]
    [InlineData("00:01:00", 5, false)]
    [InlineData("00:01:00", 60_001, false)]
    public void Options_AreRefusedInWords_OutsideTheirRange(string every, int perMinute, bool fits)
    {
        var faults = new SiloOptions { OffSystemEvery = TimeSpan.Parse(every, CultureInfo.InvariantCulture), OffSystemPerMinute = perMinute }.Validate().ToList();
        Assert.Equal(fits, faults.Count == 0);
        Assert.All(faults, f => Assert.Contains("Silo:OffSystem", f, StringComparison.Ordinal));
    }

    public void Dispose() => _comms.Dispose();

    private static int Found(JsonNode check) => check["found"]!.GetValue<int>();

    private static int Checked(JsonNode check) => check["checked"]!.GetValue<int>();

    private async Task<JsonNode> OffSystemAsync(JsonNode hold) => (await _comms.GetAsync($"/api/holds/{hold.Text("id")}")).Expect(HttpStatusCode.OK).Json["offSystem"]!;

    private async Task<JsonNode> ListAsync(JsonNode hold) => (await _comms.GetAsync($"/api/holds/{hold.Text("id")}/off-system")).Expect(HttpStatusCode.OK).Json;

    private async Task<JsonNode> BecomesAsync(JsonNode hold, Func<JsonNode, bool> fits, string what) => await Eventually.Becomes(() => OffSystemAsync(hold), fits, what);
}
