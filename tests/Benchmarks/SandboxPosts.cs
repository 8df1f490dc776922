using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Coordination.Benchmarks;

/// <summary>The sandbox's own record of what arrived there, and when.</summary>
internal sealed class SandboxPosts(HttpClient http) : IDisposable
{
    /// <summary>Finds the sandbox of a running product by its data folder.</summary>
    public static async Task<SandboxPosts> OfAsync(string data)
    {
        var client = new HttpClient { BaseAddress = new Uri(await File.ReadAllTextAsync(Path.Combine(data, "sandbox-address"))) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(data, "sandbox-key"))).Trim());
        return new SandboxPosts(client);
    }

    /// <summary>Waits until each of these posts has arrived.</summary>
    /// <returns>When each did.</returns>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ArrivalsAsync(IReadOnlySet<string> posts, TimeSpan patience)
    {
        var arrived = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        for (var waited = Stopwatch.StartNew(); arrived.Count < posts.Count; await Task.Delay(TimeSpan.FromSeconds(1)))
        {
            if (waited.Elapsed > patience)
            {
                throw new InvalidOperationException($"Only {arrived.Count} of {posts.Count} posts arrived.");
            }

            arrived.Clear();
            foreach (var request in (await http.GetFromJsonAsync<JsonElement>("/sandbox/requests")).EnumerateArray())
            {
                // The idempotency key is the post's id, a dot and the part.
                var key = (request.GetProperty("idempotencyKey").GetString() ?? "").Split('.')[0];
                if (posts.Contains(key) && !arrived.TryAdd(key, request.GetProperty("arrivedAt").GetDateTimeOffset()))
                {
                    throw new InvalidOperationException($"The post {key} arrived twice.");
                }
            }
        }

        return arrived;
    }

    public void Dispose() => http.Dispose();
}
