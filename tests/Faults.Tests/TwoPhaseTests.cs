using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Coordination.Domain.Accounts;
using Coordination.FaultTests.World;

namespace Coordination.FaultTests;

/// <summary>A silo is killed between the two steps of a platform that publishes in two, and in the middle of an upload.</summary>
public sealed class TwoPhaseTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    private static readonly Dictionary<string, string> OwnInterfaces = new(StringComparer.Ordinal)
    {
        ["Connectors__SandboxSpeaks"] = "EachPlatforms",
        ["Connectors__UploadPieceBytes"] = "10000",
    };

    [Theory]
    [InlineData("reset", 600_000)]
    [InlineData("slow", 10_000)]
    public async Task AKeptContainer_IsPublishedOnceAtMost_WhoeverGoesOn(string mode, int delayMs)
    {
        var account = AccountKey.Parse("threads/fault_0");
        await using var world = await FaultWorld.StartAsync(silos: 1, dashboards: 1, OwnInterfaces, account);
        using var manager = world.Client(world.Dashboards[0], Staff.Manager, TimeSpan.FromSeconds(60));

        // The call that publishes reaches the platform and stays there: with "slow" it is carried out after the silo's death, with "reset" it never is.
        await world.Platform.MisbehaveAsync(new { mode, account = Platform.NameOf(account), path = "threads_publish", delayMs, count = 1 });
        var post = await PublishAsync(manager, account, new { text = "Test your smoke alarm." });
        await Eventually.Becomes(async () => await AskAsync(world, "select count(*) from permit where post_id = $1 and outcome is null", post) is 1L, "the permit is taken", Deadline);
        Assert.Equal(1L, await AskAsync(world, "select count(*) from prepared where post_id = $1 and slot = 'container'", post));
        await world.Silos[0].Process.KillAsync();
        world.Silos[0].Process.Start();

        var ended = await EndedAsync(manager, post);
        var container = Assert.Single(await world.Platform.PreparedAsync("containers", account))!;
        var arrived = (await world.Platform.ArrivalsAsync()).Count(a => a.Kind == "publish");
        Assert.InRange(arrived, 0, 1);
        if (ended == "unknown")
        {
            // The second call had no time left to be sent in, as on a machine with much to do: a person is asked, and nothing is tried any more.
            return;
        }

        // How many permits it took depends on whether the first call came through before anybody asked; what is out does not.
        Assert.Equal((false, 1), (container["post"] is null, arrived));
        Assert.InRange((long)(await AskAsync(world, "select count(*) from permit where post_id = $1", post))!, mode == "reset" ? 2 : 1, 2);
    }

    [Fact]
    public async Task AnUpload_GoesOnAtItsNextPiece_WhoeverGoesOn()
    {
        var account = AccountKey.Parse("x/fault_0");
        await using var world = await FaultWorld.StartAsync(silos: 1, dashboards: 1, OwnInterfaces);
        using var manager = world.Client(world.Dashboards[0], Staff.Manager, TimeSpan.FromSeconds(60));
        var image = await UploadAsync(manager);

        // Two pieces arrive; the third is on the wire when the silo dies, and does not arrive.
        await world.Platform.MisbehaveAsync(new { mode = "reset", account = Platform.NameOf(account), path = "/append", skip = 2, delayMs = 600_000, count = 1 });
        var post = await PublishAsync(
            manager, account, new { text = "Open day.", toleranceSeconds = 600, images = new[] { new { hash = image, alt = "A grey square", rights = "own", people = "nobody" } } });
        await Eventually.Becomes(async () => await AskAsync(world, "select pieces from prepared where post_id = $1 and slot = 'image-0'", post) is 2, "two pieces are there", Deadline);
        await world.Silos[0].Process.KillAsync();
        Assert.Equal([0, 1], PiecesOf(Assert.Single(await world.Platform.PreparedAsync("uploads", account))!));
        world.Silos[0].Process.Start();

        await PublishedAsync(manager, post);
        var pieces = PiecesOf(Assert.Single(await world.Platform.PreparedAsync("uploads", account))!);
        Assert.True(pieces.Count > 4, $"{pieces.Count} pieces prove little");
        Assert.Equal(Enumerable.Range(0, pieces.Count), pieces);
        Assert.Equal(["Open day."], (await world.Platform.ArrivalsAsync()).Select(a => a.Text));
    }

    private static List<int> PiecesOf(JsonNode upload) => [.. upload["pieces"]!.AsArray().Select(p => p!.GetValue<int>())];

    // Noise, so that no drawing anew makes it small.
    private static async Task<string> UploadAsync(HttpClient client)
    {
        const int Side = 300;
        var rows = RandomNumberGenerator.GetBytes(Side * (Side + 1));
        for (var y = 0; y < Side; y++)
        {
            rows[y * (Side + 1)] = 0;
        }

        using var body = new ByteArrayContent(PngFile.Of(Side, Side, 0, rows)) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        using var answer = await client.PostAsync("/api/media", body, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!["hash"]!.GetValue<string>();
    }

    // As every client does: what is not known is asked again under the same id, until it is.
    private static async Task<Guid> PublishAsync(HttpClient client, AccountKey account, object post)
    {
        var operation = Guid.NewGuid().ToString("D");
        var (status, text) = await Eventually.Becomes(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/accounts/{account}/posts") { Content = JsonContent.Create(post) };
                request.Headers.Add("Idempotency-Key", operation);
                using var answer = await client.SendAsync(request, Stop);
                return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
            },
            answer => answer.StatusCode != HttpStatusCode.ServiceUnavailable,
            "the post is taken",
            Deadline);
        Assert.True((int)status is >= 200 and < 300, text);
        return Guid.Parse(JsonNode.Parse(text)!["id"]!.GetValue<string>());
    }

    private static async Task<string> EndedAsync(HttpClient client, Guid post) => (await Eventually.Becomes(
        async () => (await client.GetFromJsonAsync<JsonNode>($"/api/posts/{post}", Stop))!, p => p["state"]!.GetValue<string>() is "published" or "unknown", "it has come to its end", Deadline))["state"]!.GetValue<string>();

    private static Task<JsonNode> PublishedAsync(HttpClient client, Guid post) => Eventually.Becomes(
        async () => (await client.GetFromJsonAsync<JsonNode>($"/api/posts/{post}", Stop))!, p => p["state"]!.GetValue<string>() == "published", "it is published", Deadline);

    private static async Task<object?> AskAsync(FaultWorld world, string sql, Guid post)
    {
        await using var command = world.Database.Main.CreateCommand(sql);
        command.Parameters.AddWithValue(post);
        return await command.ExecuteScalarAsync(Stop);
    }
}
