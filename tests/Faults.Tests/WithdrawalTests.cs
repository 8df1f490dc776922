using System.Net.Http.Json;
using Coordination.Domain.Accounts;
using Coordination.FaultTests.World;

namespace Coordination.FaultTests;

/// <summary>A hold reaches a worker that has its permit and has not written its request yet.</summary>
public sealed class WithdrawalTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task AHold_SparesWhatIsPermittedAndNotWritten_AndNothingElse()
    {
        await using var world = await FaultWorld.StartAsync(silos: 1, dashboards: 1);
        using var manager = world.Client(world.Dashboards[0], Staff.Manager, TimeSpan.FromSeconds(60));
        var (held, other) = (Estate.Open[0], Estate.Open[1]);
        var door = world.Silos[0].Platform!;

        // One that is older than the other account's post, and lets it through.
        await HoldAsync(manager, "centralCoordination", other);
        await door.FillAsync();
        var (spared, waiting) = (await PublishAsync(manager, $"{held}"), await PublishAsync(manager, $"{other}"));
        await OpenPermitAsync(world, spared);
        await OpenPermitAsync(world, waiting);

        var id = await HoldAsync(manager, "freeze", held);

        // It was in flight, as far as anybody could know; and it is known again before the platform could even have been reached.
        Assert.Equal([spared], (await InFlightAsync(manager, id)).Select(f => Guid.Parse(f!["postId"]!.GetValue<string>())));
        var line = await Eventually.Becomes(
            async () => (await InFlightAsync(manager, id))[0]!["outcome"]!.GetValue<string>(), outcome => outcome != "open", "what was in flight is known");
        Assert.Equal("not-sent", line);
        var post = await Eventually.Becomes(() => GetAsync(manager, $"/api/posts/{spared}"), p => p["state"]!.GetValue<string>() == "held", "the next try is held");
        Assert.Equal([id], post["heldBy"]!.AsArray().Select(h => h!.GetValue<string>()));
        Assert.Contains($"hold {id} came first", Assert.Single(await WhyAsync(world, spared)), StringComparison.Ordinal);

        // The other account is none of this hold's: its post goes out when the platform takes connections again.
        Assert.Empty(await world.Platform.ArrivalsAsync());
        door.Open();
        await Eventually.Becomes(async () => (await GetAsync(manager, $"/api/posts/{waiting}"))["state"]!.GetValue<string>(), state => state == "published", "the other is published", TimeSpan.FromMinutes(2));
        Assert.All(await WhyAsync(world, waiting), why => Assert.DoesNotContain("came first", why, StringComparison.Ordinal));
        Assert.Equal([waiting], (await world.Platform.ArrivalsAsync()).Select(a => a.Post));
    }

    private static async Task<Guid> PublishAsync(HttpClient client, string account) =>
        Guid.Parse((await PostAsync(client, $"/api/accounts/{account}/posts", new { text = "Test your smoke alarm." }))["id"]!.GetValue<string>());

    private static async Task<string> HoldAsync(HttpClient client, string kind, AccountKey account) =>
        (await PostAsync(client, "/api/holds", new { kind, scope = new { accounts = new[] { $"{account}" } }, reason = "Families not told" }))["id"]!.GetValue<string>();

    private static async Task<JsonArray> InFlightAsync(HttpClient client, string hold) => (await GetAsync(client, $"/api/holds/{hold}"))["inFlight"]!.AsArray();

    private static Task OpenPermitAsync(FaultWorld world, Guid post) =>
        Eventually.Becomes(async () => await AskAsync(world, "select count(*) from permit where post_id = $1 and outcome is null", post) is 1L, $"post {post} has its permit");

    private static async Task<string[]> WhyAsync(FaultWorld world, Guid post) => (string[])(await AskAsync(
        world, "select coalesce(array_agg(payload::json ->> 'why'), '{}') from journal where event = 'post-not-sent' and payload::json ->> 'postId' = $1::text", post))!;

    private static async Task<object?> AskAsync(FaultWorld world, string sql, Guid post)
    {
        await using var command = world.Database.Main.CreateCommand(sql);
        command.Parameters.AddWithValue(post);
        return await command.ExecuteScalarAsync(Stop);
    }

    private static async Task<JsonNode> GetAsync(HttpClient client, string path) => (await client.GetFromJsonAsync<JsonNode>(path, Stop))!;

    // As every client does: what is not known is asked again under the same id, until it is.
    private static async Task<JsonNode> PostAsync(HttpClient client, string path, object body)
    {
        var operation = Guid.NewGuid().ToString("D");
        var (status, text) = await Eventually.Becomes(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
                request.Headers.Add("Idempotency-Key", operation);
                using var answer = await client.SendAsync(request, Stop);
                return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
            },
            answer => answer.StatusCode != HttpStatusCode.ServiceUnavailable,
            $"{path} is answered",
            TimeSpan.FromMinutes(2));
        Assert.True((int)status is >= 200 and < 300, text);
        return JsonNode.Parse(text)!;
    }
}
