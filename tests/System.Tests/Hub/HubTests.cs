using System.Collections.Concurrent;
using System.Diagnostics;
using Coordination.SystemTests.Support;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Coordination.SystemTests.Hub;

/// <summary>The live hub, followed by a .NET client.</summary>
public sealed class HubTests(ServiceFixture fixture)
{
    private const string Missed = "x/demo_wmfs_ladywood";

    private readonly ApiClient _comms = fixture.As(Roles.Manager);

    [Fact]
    public async Task Client_SeesAHoldComeAndGo_Live()
    {
        await using var follower = await FollowAsync("area:solihull");
        Assert.NotEmpty(follower.Accounts);
        Assert.All(follower.Accounts.Values, a => Assert.Equal("solihull", a.Text("area")));
        Assert.All(follower.Accounts.Values, a => Assert.Equal("open", a.Text("state")));

        var watch = Stopwatch.StartNew();
        var hold = (await _comms.PostAsync("/api/holds", new { kind = "freeze", scope = new { areas = new[] { "solihull" } }, reason = "A test needs it" })).Expect(HttpStatusCode.Created).Json;
        await Eventually.Becomes(() => follower.Accounts.Values.All(a => Is(a, "held")), "the client sees every account of Solihull held");
        TestContext.Current.TestOutputHelper?.WriteLine($"held on the client {watch.ElapsedMilliseconds} ms after the request was sent");
        Assert.Contains(hold.Text("id"), follower.Holds);
        await Eventually.Becomes(
            () => follower.Receipts.TryGetValue(hold.Text("id"), out var r) && r["covered"]!.GetValue<int>() == follower.Accounts.Count && r["acknowledged"]!.GetValue<int>() == follower.Accounts.Count,
            "the receipts count up to all accounts");

        await _comms.LiftAsync(hold);
        await Eventually.Becomes(() => follower.Accounts.Values.All(a => Is(a, "open")) && !follower.Holds.Contains(hold.Text("id")), "the client sees them open again");
    }

    [Fact]
    public async Task Client_SeesAPost_Live()
    {
        await using var follower = await FollowAsync("account:x/demo_wmfs_sheldon");
        Assert.Equal(["x/demo_wmfs_sheldon"], follower.Accounts.Keys);
        var before = follower.Accounts.Values.Single()["scheduled"]!.GetValue<int>();
        await _comms.ScheduleAsync("x/demo_wmfs_sheldon");
        await Eventually.Becomes(() => follower.Accounts.Values.Single()["scheduled"]!.GetValue<int>() == before + 1, "the client sees the post");
    }

    [Fact]
    public async Task Client_HearsNothingOfOtherGroups()
    {
        await using var walsall = await FollowAsync("area:walsall");
        await using var all = await FollowAsync("all");
        var hold = await _comms.HoldAsync("freeze", "x/demo_wmfs_bloxwich");
        await Eventually.Becomes(() => Is(all.Accounts["x/demo_wmfs_bloxwich"], "held"), "the one who follows all sees it");
        await _comms.LiftAsync(hold);
        Assert.All(walsall.Accounts.Values, a => Assert.Equal("walsall", a.Text("area")));

        var dudley = await _comms.HoldAsync("freeze", "x/demo_wmfs_dudley");
        await Eventually.Becomes(() => Is(all.Accounts["x/demo_wmfs_dudley"], "held"), "the one who follows all sees it");
        await _comms.LiftAsync(dudley);
        Assert.DoesNotContain("x/demo_wmfs_dudley", walsall.Accounts.Keys);
    }

    [Fact]
    public async Task Client_IsTold_OnlyWhatChanged_WhenItResumes()
    {
        await using var follower = await FollowAsync("all");
        var (epoch, revision) = (follower.Epoch, follower.Revision);
        await follower.Connection.StopAsync();
        var hold = await _comms.HoldAsync("freeze", Missed);
        try
        {
            await follower.Connection.StartAsync();
            follower.Snapshots.Clear();
            await follower.Connection.InvokeAsync("Resume", new[] { "all" }, epoch, revision);
            await Eventually.Becomes(() => Is(follower.Accounts[Missed], "held"), "the client catches up");
            Assert.All(follower.Snapshots, s => Assert.False(s["full"]!.GetValue<bool>()));
            Assert.InRange(follower.Snapshots.Sum(s => s["accounts"]!.AsArray().Count), 1, 60);

            follower.Snapshots.Clear();
            await follower.Connection.InvokeAsync("Resume", new[] { "all" }, "another-run", revision);
            await follower.SnapshotAsync();
            Assert.True(follower.Snapshots.First()["full"]!.GetValue<bool>());
            Assert.InRange(follower.Snapshots.Sum(s => s["accounts"]!.AsArray().Count), 100, 200);
        }
        finally
        {
            await _comms.LiftAsync(hold);
        }
    }

    [Theory]
    [InlineData("everything")]
    [InlineData("area:")]
    [InlineData("colour:red")]
    public async Task Follow_IsRefusedInWords_WhenAGroupIsNone(string group)
    {
        await using var connection = Connect(fixture.Token(Roles.Auditor));
        await connection.StartAsync();
        var refusal = await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync("Follow", new[] { group }));
        Assert.Contains("area:x", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stranger_IsNotLetIn()
    {
        await using var connection = Connect("not-a-token");
        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => connection.StartAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, refusal.StatusCode);
    }

    [Fact]
    public async Task Snapshot_HasTheContractsFields()
    {
        await using var follower = await FollowAsync("account:x/demo_wmfs_foleshill");
        Golden.Match("hub-snapshot", follower.Snapshots.Single());
    }

    private static bool Is(JsonNode account, string state) => string.Equals(account.Text("state"), state, StringComparison.Ordinal);

    private async Task<Follower> FollowAsync(string group)
    {
        var follower = new Follower(Connect(fixture.Token(Roles.Auditor)));
        await follower.Connection.StartAsync();
        await follower.Connection.InvokeAsync("Follow", new[] { group });

        // The client runs its handlers beside the answer to its call.
        await follower.SnapshotAsync();
        return follower;
    }

    private HubConnection Connect(string token) => new HubConnectionBuilder()
        .WithUrl(new Uri(fixture.Service.BaseAddress, "/hubs/coordination"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(token))
        .Build();

    /// <summary>What a client keeps: of two rows the one with the greater revision.</summary>
    private sealed class Follower : IAsyncDisposable
    {
        public Follower(HubConnection connection)
        {
            Connection = connection;
            connection.On<JsonNode>("Snapshot", s =>
            {
                (Epoch, Revision) = (s.Text("epoch"), s["revision"]!.GetValue<long>());
                Take(s["accounts"]!.AsArray());
                Holds = [.. s["holds"]!.AsArray().Select(h => h!.Text("id"))];

                // Last: whoever waits for the snapshot finds it taken in.
                Snapshots.Enqueue(s);
            });
            connection.On<JsonNode>("Accounts", a => Take(a.AsArray()));
            connection.On<JsonNode>("Holds", h => Holds = [.. h["items"]!.AsArray().Select(i => i!.Text("id"))]);
            connection.On<JsonNode>("Receipts", r => Receipts[r.Text("holdId")] = r);
        }

        public HubConnection Connection { get; }

        public ConcurrentDictionary<string, JsonNode> Accounts { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, JsonNode> Receipts { get; } = new(StringComparer.Ordinal);

        public ConcurrentQueue<JsonNode> Snapshots { get; } = new();

        public IReadOnlyList<string> Holds { get; private set; } = [];

        public string Epoch { get; private set; } = "";

        public long Revision { get; private set; }

        public Task SnapshotAsync() => Eventually.Becomes(() => Snapshots.LastOrDefault() is { } last && !last["more"]!.GetValue<bool>(), "the snapshot is whole");

        public ValueTask DisposeAsync() => Connection.DisposeAsync();

        private void Take(JsonArray rows)
        {
            foreach (var row in rows)
            {
                Accounts.AddOrUpdate(row!.Text("key"), row!, (_, had) => had["revision"]!.GetValue<long>() > row!["revision"]!.GetValue<long>() ? had : row!);
            }
        }
    }
}
