using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Connectors.Tests.Support;
using Coordination.Connectors;
using Coordination.Domain.Accounts;

namespace Connectors.Tests.Sandbox;

/// <summary>A real sandbox in a process of its own, with a data folder of its own.</summary>
public sealed class SandboxProcess : IAsyncDisposable
{
    /// <summary>What opens the exercise network.</summary>
    public const string ExerciseKey = "exercise-key-of-the-tests";

    private const string AdminKey = "admin-key-of-the-tests";
    private readonly ChildProcess _process;
    private readonly HttpClient _admin;

    private SandboxProcess(ChildProcess process, Uri address, string folder)
    {
        _process = process;
        Address = address;
        Folder = folder;
        _admin = new HttpClient { BaseAddress = address };
        _admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
    }

    public Uri Address { get; }

    public string Folder { get; }

    public string LogFile => Path.Combine(Folder, "sandbox.log");

    public static Task<SandboxProcess> StartAsync(params string[] arguments) =>
        StartInAsync(Directory.CreateTempSubdirectory("sandbox-").FullName, arguments);

    public static async Task<SandboxProcess> StartInAsync(string folder, params string[] arguments)
    {
        var (process, line) = await LaunchAsync(folder, arguments);
        return new SandboxProcess(process, new Uri(line["listening ".Length..]), folder);
    }

    internal static Task<(ChildProcess Process, string Line)> LaunchAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { "exec", Path.Combine(AppContext.BaseDirectory, "Coordination.Sandbox.dll"), "--data", folder, "--port", "0" },
            Environment = { ["WMFS_SANDBOX_ADMIN_KEY"] = AdminKey, ["WMFS_SANDBOX_EXERCISE_KEY"] = ExerciseKey },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return ChildProcess.StartAsync(start, "listening", TimeSpan.FromSeconds(60));
    }

    /// <summary>Registers an account under a name of its own.</summary>
    public async Task<ConnectorAccount> AccountAsync(string platform = "mastodon", long followers = 0)
    {
        var handle = $"demo_{Guid.NewGuid():N}";
        var token = $"token-of-{handle}";
        using var answer = await _admin.PostAsJsonAsync(
            "/sandbox/accounts", new[] { new { username = handle, token, displayName = "Demo", note = "for a test", network = platform, followers } });
        await ExpectAsync(answer);
        return new ConnectorAccount(AccountKey.Parse($"{platform}/{handle}"), Address, new Credential.AccessToken(token));
    }

    /// <summary>Registers an account that speaks its platform's own interface there.</summary>
    public async Task<ConnectorAccount> OwnAsync(string platform, long followers = 0) =>
        (await AccountAsync(platform, followers)) with { Server = new Uri(Address, platform is "threads" ? "threads/v1.0/" : platform + "/") };

    /// <summary>Tells it to misbehave towards one account.</summary>
    public async Task FaultAsync(
        ConnectorAccount account, string mode, int? count = 1, int delayMs = 0, int status = 500, int? retryAfterSeconds = null, bool reads = false, string? path = null, int skip = 0)
    {
        using var answer = await _admin.PostAsJsonAsync(
            "/sandbox/faults", new { mode, account = account.Key.Handle, count, delayMs, status, retryAfterSeconds, reads, path, skip });
        await ExpectAsync(answer);
    }

    /// <summary>How many orders to misbehave towards an account are not used up.</summary>
    public async Task<int> StandingFaultsAsync(ConnectorAccount account) =>
        (await _admin.GetFromJsonAsync<JsonElement[]>("/sandbox/faults"))!.Count(f => string.Equals(f.GetProperty("account").GetString(), account.Key.Handle, StringComparison.Ordinal));

    /// <summary>Tells how an account's containers misbehave from now on.</summary>
    public async Task ContainersAsync(ConnectorAccount account, int busyAsks = 0, bool expired = false, string? error = null, int lost = 0, int? quotaUsed = null)
    {
        using var answer = await _admin.PostAsJsonAsync("/sandbox/containers", new { account = account.Key.Handle, busyAsks, expired, error, lost, quotaUsed });
        await ExpectAsync(answer);
    }

    /// <summary>The containers that were made of an account, oldest first, with the post that came of each.</summary>
    public async Task<IReadOnlyList<(string Id, string? Post)>> ContainersOfAsync(ConnectorAccount account) =>
        [.. (await _admin.GetFromJsonAsync<JsonElement[]>($"/sandbox/containers?account={account.Key.Handle}"))!.Select(c => (c.GetProperty("id").GetString()!, c.GetProperty("post").GetString()))];

    /// <summary>The uploads that were begun of an account, oldest first, with the pieces that came of each in the order of their coming.</summary>
    public async Task<IReadOnlyList<(string Id, int[] Pieces, bool Done)>> UploadsOfAsync(ConnectorAccount account) =>
        [.. (await _admin.GetFromJsonAsync<JsonElement[]>($"/sandbox/uploads?account={account.Key.Handle}"))!.Select(u =>
            (u.GetProperty("id").GetString()!, u.GetProperty("pieces").EnumerateArray().Select(p => p.GetInt32()).ToArray(), u.GetProperty("done").GetBoolean()))];

    /// <summary>Takes an account's token away, or gives it an end; without either it is as good as new.</summary>
    public async Task TokenAsync(ConnectorAccount account, bool revoked = false, DateTimeOffset? expiresAt = null)
    {
        using var answer = await _admin.PostAsJsonAsync("/sandbox/tokens", new { account = account.Key.Handle, revoked, expiresAt });
        await ExpectAsync(answer);
    }

    /// <summary>What it accepted from an account, in order.</summary>
    public async Task<IReadOnlyList<JsonElement>> RequestsAsync(ConnectorAccount account) =>
        (await _admin.GetFromJsonAsync<JsonElement[]>($"/sandbox/requests?account={account.Key.Handle}"))!;

    /// <summary>How many posts of an account it stores.</summary>
    public async Task<int> StoredAsync(ConnectorAccount account)
    {
        using var client = Client(account);
        var own = await client.GetFromJsonAsync<JsonElement>("/api/v1/accounts/verify_credentials");
        return own.GetProperty("statuses_count").GetInt32();
    }

    public async Task SetFiguresAsync(string postId, long favourites, long reblogs, long replies)
    {
        using var answer = await _admin.PostAsJsonAsync($"/sandbox/posts/{postId}/figures", new { favourites, reblogs, replies });
        await ExpectAsync(answer);
    }

    /// <summary>A plain client with an account's token.</summary>
    public HttpClient Client(ConnectorAccount account) => new()
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", ((Credential.AccessToken)account.Credential).Token) },
    };

    public HttpClient Anonymous() => new() { BaseAddress = Address };

    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _process.DisposeAsync();
        if (Directory.Exists(Folder))
        {
            // A test that starts a sandbox again in the same folder disposes of it twice.
            Directory.Delete(Folder, recursive: true);
        }
    }

    private async Task ExpectAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}\n{_process.Output}");
        }
    }
}
