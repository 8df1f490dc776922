namespace Coordination.SystemTests.Support;

/// <summary>Steps that many tests take.</summary>
public static class Steps
{
    /// <summary>Places a hold on some accounts; the caller lifts it.</summary>
    public static async Task<JsonNode> HoldAsync(this ApiClient client, string kind, params string[] accounts) =>
        (await client.PostAsync("/api/holds", new { kind, scope = new { accounts }, reason = "A test needs it" })).Expect(HttpStatusCode.Created).Json;

    /// <summary>Lifts a hold.</summary>
    public static async Task LiftAsync(this ApiClient client, JsonNode hold) =>
        (await client.PostAsync($"/api/holds/{hold["id"]!.GetValue<string>()}/lift", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);

    /// <summary>Lifts a hold that needs two: the client asks, another member of Comms confirms.</summary>
    public static async Task LiftTogetherAsync(this ApiClient client, ApiClient second, JsonNode hold)
    {
        var path = $"/api/holds/{hold["id"]!.GetValue<string>()}/lift";
        (await client.PostAsync(path, new { reason = "The test is over" })).Expect(HttpStatusCode.Accepted);
        (await second.PostAsync(path, new { reason = "It is" })).Expect(HttpStatusCode.OK);
    }

    /// <summary>Schedules a post for later today, or so.</summary>
    public static async Task<JsonNode> ScheduleAsync(this ApiClient client, string account, TimeSpan? later = null) =>
        (await client.PostAsync($"/api/accounts/{account}/posts", new { text = "Check your smoke alarm today.", dueAt = In(later ?? TimeSpan.FromHours(6)) }))
            .Expect(HttpStatusCode.Created).Json;

    /// <summary>A time from now, as clients write it.</summary>
    public static string In(TimeSpan later) => (TimeProvider.System.GetUtcNow() + later).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Waits until a post has a state.</summary>
    public static async Task<JsonNode> PostBecomesAsync(this ApiClient client, string id, string state, TimeSpan? deadline = null) => await Eventually.Becomes(
        async () => (await client.GetAsync($"/api/posts/{id}")).Expect(HttpStatusCode.OK).Json,
        post => string.Equals(post["state"]!.GetValue<string>(), state, StringComparison.Ordinal),
        $"post {id} becomes {state}",
        deadline);

    /// <summary>A text field.</summary>
    public static string Text(this JsonNode node, string field) => node[field]?.GetValue<string>() ?? throw new InvalidOperationException($"No {field} in {node.ToJsonString()}");
}
