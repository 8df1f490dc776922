using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Connectors.Tests.Bluesky;
using Connectors.Tests.Support;
using Coordination.Connectors;
using Coordination.Domain.Accounts;
using Xunit;

[assembly: AssemblyFixture(typeof(PdsFixture))]

namespace Connectors.Tests.Bluesky;

/// <summary>One real personal data server for all tests, started by the first one that wants it.</summary>
public sealed class PdsFixture : IAsyncDisposable
{
    private readonly Lazy<Task<string?>> _started;
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"pds-{Guid.NewGuid():N}");
    private ChildProcess? _process;

    public PdsFixture() => _started = new(StartAsync);

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>A new account with an app password; skips the test where there is no server.</summary>
    public async Task<ConnectorAccount> AccountAsync()
    {
        if (await _started.Value is { } reason)
        {
            Assert.Skip(reason);
        }

        using var client = new HttpClient { BaseAddress = Address };
        var name = $"demo{Guid.NewGuid():N}"[..16];
        var created = await PostAsync(client, "com.atproto.server.createAccount", new
        {
            handle = $"{name}.test",
            email = $"{name}@example.invalid",
            password = "a password of the tests",
        });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", created.GetProperty("accessJwt").GetString());
        var app = await PostAsync(client, "com.atproto.server.createAppPassword", new { name = "coordination" });
        return new ConnectorAccount(
            AccountKey.Parse($"bluesky/{name}.test"), Address, new Credential.AppPassword($"{name}.test", app.GetProperty("password").GetString()!));
    }

    /// <summary>The records of an account as the server shows them to everybody.</summary>
    public async Task<IReadOnlyList<JsonElement>> RecordsAsync(ConnectorAccount account)
    {
        using var client = new HttpClient { BaseAddress = Address };
        var page = await client.GetFromJsonAsync<JsonElement>(
            $"/xrpc/com.atproto.repo.listRecords?repo={account.Key.Handle}&collection=app.bsky.feed.post&limit=100");
        return [.. page.GetProperty("records").EnumerateArray()];
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string method, object body)
    {
        using var answer = await client.PostAsJsonAsync($"/xrpc/{method}", body);
        var content = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(content).RootElement
            : throw new InvalidOperationException($"{method}: {(int)answer.StatusCode} {content}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<string?> StartAsync()
    {
        if (await PdsInstall.EnsureAsync() is { } reason)
        {
            return reason;
        }

        // The script's imports are looked for beside the script.
        var script = Path.Combine(PdsInstall.Folder, "pds.mjs");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Bluesky", "pds.mjs"), script, overwrite: true);
        var start = new ProcessStartInfo(PdsInstall.Node, [script]) { WorkingDirectory = PdsInstall.Folder };
        start.Environment["PDS_TEST_PORT"] = FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["PLC_TEST_PORT"] = FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["PDS_TEST_FOLDER"] = _folder;
        (_process, var line) = await ChildProcess.StartAsync(start, "ready", TimeSpan.FromSeconds(120));
        Address = new Uri(line["ready ".Length..]);
        return null;
    }
}
