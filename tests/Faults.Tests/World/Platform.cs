using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Coordination.Domain.Accounts;
using Coordination.Silo.Publishing;

namespace Coordination.FaultTests.World;

/// <summary>The outside: the sandbox network in a process of its own, which records what it accepts and misbehaves when told to.</summary>
internal sealed class Platform : IAsyncDisposable
{
    private readonly HostProcess _process;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly SandboxKey _keys;

    private Platform(HostProcess process, string key)
    {
        (_process, Key, _keys) = (process, key, new SandboxKey(key));
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>The key of its administrator.</summary>
    public string Key { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <summary>Starts it.</summary>
    public static async Task<Platform> StartAsync(string folder)
    {
        const string Ready = "listening ";
        var key = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new HostProcess(
            "sandbox",
            "Coordination.Sandbox",
            ["--port", FreePort.Next().ToString(CultureInfo.InvariantCulture), "--data", folder, "--rate-limit", "0", "--exit-with-parent"],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["WMFS_SANDBOX_ADMIN_KEY"] = key })
        {
            Printed = line =>
            {
                if (line.StartsWith(Ready, StringComparison.Ordinal))
                {
                    listening.TrySetResult(new Uri(line[Ready.Length..].Trim()));
                }
            },
        };
        process.Start();
        var platform = new Platform(process, key);
        platform._http.BaseAddress = await listening.Task.WaitAsync(Eventually.DefaultDeadline);
        return platform;
    }

    /// <summary>Makes accounts known.</summary>
    public async Task RegisterAsync(IEnumerable<AccountKey> accounts)
    {
        using var answer = await _http.PostAsJsonAsync(
            "/sandbox/accounts", accounts.Select(key => new { username = NameOf(key), token = _keys.TokenOf(key), network = key.Platform.Name }));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Makes it misbehave until it is told otherwise.</summary>
    public async Task MisbehaveAsync(object order)
    {
        using var answer = await _http.PostAsJsonAsync("/sandbox/faults", order);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Lets it behave again.</summary>
    public async Task BehaveAsync()
    {
        using var answer = await _http.DeleteAsync(new Uri("/sandbox/faults", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Everything that it accepted so far.</summary>
    public async Task<IReadOnlyList<Arrival>> ArrivalsAsync()
    {
        var requests = (await _http.GetFromJsonAsync<JsonArray>("/sandbox/requests"))!;

        // Only what publishes comes under a key of ours; a deletion names the platform's own id of the post.
        var posts = requests.Where(r => Guid.TryParse(Key(r!), out _)).DistinctBy(Remote).ToDictionary(Remote, r => Guid.Parse(Key(r!)!), StringComparer.Ordinal);
        return [.. requests.Select(r => new Arrival(
            r!["kind"]!.GetValue<string>(),
            r["account"]!.GetValue<string>(),
            r["kind"]!.GetValue<string>() is "edit" && Guid.TryParse(Key(r), out var change) ? change : posts.TryGetValue(Remote(r), out var post) ? post : null,
            r["text"]!.GetValue<string>(),
            r["arrivedAt"]!.GetValue<DateTimeOffset>()))];

        static string? Key(JsonNode request) => request["idempotencyKey"]?.GetValue<string>().Split('.')[0];
        static string Remote(JsonNode? request) => request!["postId"]!.GetValue<string>();
    }

    /// <summary>What an account's administrator sees of what was made ready there: <c>containers</c> or <c>uploads</c>, oldest first.</summary>
    public async Task<JsonArray> PreparedAsync(string what, AccountKey account) => (await _http.GetFromJsonAsync<JsonArray>($"/sandbox/{what}?account={NameOf(account)}"))!;

    /// <summary>What an account is called there.</summary>
#pragma warning disable CA1308 // Names there are in lower case.
    public static string NameOf(AccountKey key) => $"{key.PlatformId}_{key.Handle}".ToLowerInvariant();
#pragma warning restore CA1308

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }
}

/// <summary>A request that the platform accepted.</summary>
/// <param name="Kind">publish, replay, edit or delete.</param>
/// <param name="Account">The account's name there.</param>
/// <param name="Post">The service's id of the post, of an edit that of the change; null when it is none of the service's.</param>
/// <param name="Text">The text that was accepted.</param>
/// <param name="At">When it arrived.</param>
internal sealed record Arrival(string Kind, string Account, Guid? Post, string Text, DateTimeOffset At);
