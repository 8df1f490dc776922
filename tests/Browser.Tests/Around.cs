using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;

namespace Coordination.Browser.Tests;

/// <summary>What happens on the sandbox network without the product.</summary>
internal static class Around
{
    /// <summary>Publishes on an account as somebody does who has its own sign-in.</summary>
    public static async Task PublishAroundAsync(this Product product, string account, string text)
    {
        var token = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(await KeyAsync(product)), Encoding.UTF8.GetBytes(account)));
        await SendAsync(product, HttpMethod.Post, "/api/v1/statuses", token, new { status = text });
    }

    /// <summary>Makes the network answer 503 to all that is asked about an account, until <see cref="BehaveAsync"/>.</summary>
    public static async Task RefuseAsync(this Product product, string account) =>
        await SendAsync(product, HttpMethod.Post, "/sandbox/faults", await KeyAsync(product), new { mode = "fail", account = account.Replace('/', '_'), reads = true, status = 503 });

    /// <summary>Makes it answer again.</summary>
    public static async Task BehaveAsync(this Product product) => await SendAsync(product, HttpMethod.Delete, "/sandbox/faults", await KeyAsync(product), null);

    private static async Task<string> KeyAsync(Product product) => (await File.ReadAllTextAsync(Path.Combine(product.Data, "sandbox-key"))).Trim();

    private static async Task SendAsync(Product product, HttpMethod method, string path, string token, object? body)
    {
        using var http = new HttpClient { BaseAddress = new Uri(await File.ReadAllTextAsync(Path.Combine(product.Data, "sandbox-address"))) };
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
