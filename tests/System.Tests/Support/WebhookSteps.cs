namespace Coordination.SystemTests.Support;

/// <summary>What tests of webhooks look at.</summary>
internal static class WebhookSteps
{
    /// <summary>Where one webhook's message about a hold is, once it has come to its end.</summary>
    public static async Task<JsonNode> WebhookAsync(this ApiClient client, JsonNode hold, string webhook, string kind, TimeSpan? deadline = null) => await Eventually.Becomes(
        async () => (await client.GetAsync($"/api/holds/{hold.Text("id")}/notices")).Expect(HttpStatusCode.OK).Json["webhooks"]!.AsArray()
            .SingleOrDefault(w => w!.Text("webhook") == webhook && w!.Text("kind") == kind)!,
        w => w is not null && w.Text("state") != "queued",
        $"the message to {webhook} that {hold.Text("id")} was {kind} comes to its end",
        deadline);
}
