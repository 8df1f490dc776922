using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Coordination.Testing;

namespace Coordination.Browser.Tests;

/// <summary>Somebody else who works through the API while a page is open.</summary>
internal static class OtherClient
{
    /// <summary>Sends one command that must be taken. As every client does: what is not known is asked again under the same id, until it is.</summary>
    /// <returns>The answer's <c>id</c>; empty for an answer without one.</returns>
    public static async Task<string> SendAsync(this HttpClient api, string path, object body)
    {
        var operation = Guid.NewGuid().ToString();
        var (status, text) = await Eventually.Becomes(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
                request.Headers.Add("Idempotency-Key", operation);
                using var answer = await api.SendAsync(request);
                return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
            },
            answer => answer.StatusCode != HttpStatusCode.ServiceUnavailable,
            $"{path} is answered",
            TimeSpan.FromMinutes(1));
        Assert.True((int)status is >= 200 and < 300, text);
        using var json = JsonDocument.Parse(text);
        return json.RootElement.TryGetProperty("id", out var id) ? id.GetString() ?? "" : "";
    }

    /// <summary>Changes several accounts again and again, until <paramref name="meanwhile"/> is done: every board sees each of them.</summary>
    public static async Task BusyAsync(this HttpClient api, Func<Task> meanwhile)
    {
        var work = meanwhile();
        var changes = 0;
        do
        {
            var due = TimeProvider.System.GetUtcNow().AddDays(1).AddMinutes(changes++);
            await api.SendAsync("/api/messages", new { text = $"Test your smoke alarm. {Guid.NewGuid():N}", accounts = new[] { "x/demo_wmfs_tipton", "facebook/demo_wmfs_tipton" }, dueAt = due });
        }
        while (!work.IsCompleted || changes < 5);
        await work;
    }
}
