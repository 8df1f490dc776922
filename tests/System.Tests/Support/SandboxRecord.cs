using System.Net.Http.Headers;
using System.Net.Http.Json;
using Coordination.Domain.Accounts;
using Coordination.Silo.Publishing;

namespace Coordination.SystemTests.Support;

/// <summary>The sandbox network of a running service, as the one who runs it sees it: what arrived there, and its figures.</summary>
public sealed class SandboxRecord : IDisposable
{
    private readonly HttpClient _http;
    private readonly SandboxKey _key;

    private SandboxRecord(Uri address, string key)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        _key = new SandboxKey(key);
    }

    /// <summary>Finds the sandbox of a service by its data folder.</summary>
    public static async Task<SandboxRecord> OfAsync(string data) => new(
        new Uri(await File.ReadAllTextAsync(Path.Combine(data, "sandbox-address"))), (await File.ReadAllTextAsync(Path.Combine(data, "sandbox-key"))).Trim());

    /// <summary>Where it is.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <summary>The token with which an account signs in there.</summary>
    public string TokenOf(string account) => _key.TokenOf(AccountKey.Parse(account));

    /// <summary>Every post that was accepted: its account and the service's id of it, which its idempotency key begins with. A repeat that made no second post is none.</summary>
    public async Task<IReadOnlyList<(string Account, string? Post)>> PublishedAsync() =>
        [.. (await _http.GetFromJsonAsync<JsonArray>("/sandbox/requests"))!
            .Where(r => string.Equals(r!.Text("kind"), "publish", StringComparison.Ordinal))
            .Select(r => (r!.Text("account"), r!["idempotencyKey"]?.GetValue<string>().Split('.')[0]))];

    /// <summary>Shows another number of followers from now on.</summary>
    public async Task SetFollowersAsync(string account, int followers)
    {
        var key = AccountKey.Parse(account);
        using var answer = await _http.PostAsJsonAsync(
            "/sandbox/accounts",
            new[] { new { username = NameOf(key), displayName = "Demo", token = _key.TokenOf(key), network = key.Platform.Name, followers } });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>A post as the platform shows it to everybody.</summary>
    /// <param name="url">Where it can be seen.</param>
    public async Task<JsonNode> StatusAsync(string url)
    {
        using var anybody = new HttpClient { BaseAddress = _http.BaseAddress, Timeout = TimeSpan.FromSeconds(30) };
        return (await anybody.GetFromJsonAsync<JsonNode>("/api/v1/statuses/" + new Uri(url).Segments[^1]))!;
    }

    /// <summary>Shows other figures of a post from now on.</summary>
    /// <param name="url">Where it can be seen.</param>
    /// <param name="favourites">How many like it.</param>
    /// <param name="reblogs">How many have passed it on.</param>
    /// <param name="replies">How many have answered.</param>
    public async Task SetFiguresAsync(string url, long favourites, long reblogs, long replies)
    {
        using var answer = await _http.PostAsJsonAsync($"/sandbox/posts/{new Uri(url).Segments[^1]}/figures", new { favourites, reblogs, replies });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>How many posts of an account were deleted.</summary>
    public async Task<int> DeletedAsync(string account) => (await _http.GetFromJsonAsync<JsonArray>($"/sandbox/requests?account={NameOf(AccountKey.Parse(account))}"))!
        .Count(r => string.Equals(r!.Text("kind"), "delete", StringComparison.Ordinal));

    /// <summary>Makes an account's next requests that change something go wrong, or late, as the sandbox's control knows how.</summary>
    public async Task MisbehaveAsync(string account, string mode, int count, int delayMs = 0, int status = 503)
    {
        using var answer = await _http.PostAsJsonAsync("/sandbox/faults", new { mode, account = NameOf(AccountKey.Parse(account)), count, delayMs, status });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Makes the next requests of a stand-in, or of everybody, that change something go wrong or late.</summary>
    public async Task MisbehaveTowardsAsync(string? username, string mode, int? count, int delayMs = 0, int status = 503)
    {
        using var answer = await _http.PostAsJsonAsync("/sandbox/faults", new { mode, account = username, count, delayMs, status });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Registers accounts as a platform has them, each with the sign-in that the service has for it.</summary>
    public async Task RegisterAsync(IEnumerable<string> accounts)
    {
        using var answer = await _http.PostAsJsonAsync(
            "/sandbox/accounts",
            accounts.Select(AccountKey.Parse).Select(key => new { username = NameOf(key), displayName = "Demo", token = _key.TokenOf(key), network = key.Platform.Name }));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Takes an account's token away, or gives it an end; without either it is as good as new.</summary>
    public async Task TokenAsync(string account, bool revoked = false, DateTimeOffset? expiresAt = null)
    {
        using var answer = await _http.PostAsJsonAsync("/sandbox/tokens", new { account = NameOf(AccountKey.Parse(account)), revoked, expiresAt });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Makes an account's next requests that change something fail with a status and a wait.</summary>
    public async Task FailAsync(string account, int status, int? retryAfterSeconds = null, int? count = 1)
    {
        using var answer = await _http.PostAsJsonAsync("/sandbox/faults", new { mode = "fail", account = NameOf(AccountKey.Parse(account)), count, status, retryAfterSeconds });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Makes all requests of an account fail, reads too, until <see cref="BehaveAsync"/>.</summary>
    public async Task RefuseAsync(string account, int status, int? retryAfterSeconds = null)
    {
        using var answer = await _http.PostAsJsonAsync("/sandbox/faults", new { mode = "fail", account = NameOf(AccountKey.Parse(account)), reads = true, status, retryAfterSeconds });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Ends all misbehaviour.</summary>
    public async Task BehaveAsync()
    {
        using var answer = await _http.DeleteAsync("/sandbox/faults");
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Publishes on an account around the service, as somebody does who has its own sign-in.</summary>
    /// <returns>The platform's id of the post.</returns>
    public async Task<string> PublishAroundAsync(string account, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/statuses") { Content = JsonContent.Create(new { status = text }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _key.TokenOf(AccountKey.Parse(account)));
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!.Text("id");
    }

    public void Dispose() => _http.Dispose();

    private static string NameOf(AccountKey key) => $"{key.PlatformId}_{key.Handle}";
}
