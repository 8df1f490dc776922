using System.Net;
using System.Text.Json;
using Connectors.Tests.Support;
using Coordination.Connectors;
using Xunit;

namespace Connectors.Tests.Sandbox;

/// <summary>What the sandbox keeps, over kills and damage.</summary>
public sealed class SandboxKeepingTests(SandboxFixture fixture)
{
    private readonly IPlatformConnector _connector = fixture.Mastodon;

    [Fact]
    public async Task Posts_AreStillThere_AfterAKill()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-").FullName;
        var first = await SandboxProcess.StartInAsync(folder);
        var account = await first.AccountAsync(followers: 5);
        var request = Requests.New("kept");
        var published = Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(account, request, default));
        var removed = Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(account, Requests.New("removed"), default));
        Assert.IsType<RemoveResult.Removed>(await _connector.RemoveAsync(account, removed.RemoteId, default));
        await first.KillAsync();

        await using var second = await SandboxProcess.StartInAsync(folder);
        account = account with { Server = second.Address };

        var found = Assert.IsType<FindResult.Found>(await _connector.FindByKeyAsync(account, Requests.Find(request), default));
        var repeat = Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(account, request, default));
        Assert.Equal((published.RemoteId, published.RemoteId), (found.RemoteId, repeat.RemoteId));
        Assert.Equal(1, await second.StoredAsync(account));
        Assert.Equal(
            ["publish", "publish", "delete", "replay"],
            (await second.RequestsAsync(account)).Select(r => r.GetProperty("kind").GetString()!),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Start_CutsTheLastLineOff_WhenACrashTore()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-").FullName;
        var first = await SandboxProcess.StartInAsync(folder);
        var account = await first.AccountAsync();
        await _connector.PublishAsync(account, Requests.New("whole"), default);
        await first.KillAsync();
        await File.AppendAllTextAsync(first.LogFile, """{"kind":"publish","post":{"id":1""");

        await using var second = await SandboxProcess.StartInAsync(folder);
        account = account with { Server = second.Address };
        Assert.Equal(1, await second.StoredAsync(account));
        Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(account, Requests.New("next"), default));
        await second.KillAsync();

        await using var third = await SandboxProcess.StartInAsync(folder);
        Assert.Equal(2, await third.StoredAsync(account with { Server = third.Address }));
        Assert.All(await File.ReadAllLinesAsync(third.LogFile), line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public async Task Start_NamesTheLine_WhenTheLogIsDamaged()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "sandbox.log"), "not json\n");

        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => SandboxProcess.LaunchAsync(folder));

        Assert.Contains("Line 1 of", failed.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Start_RegistersTheFilesAccounts_OrNamesTheFaults()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-").FullName;
        var file = Path.Combine(folder, "accounts.json");
        await File.WriteAllTextAsync(file, """[{"username": "x.demo_aston", "token": "0123456789abcdef", "displayName": "Aston"}]""");
        await using (var sandbox = await SandboxProcess.StartAsync("--accounts", file))
        {
            using var client = sandbox.Anonymous();
            client.DefaultRequestHeaders.Authorization = new("Bearer", "0123456789abcdef");
            var own = await client.GetStringAsync("/api/v1/accounts/verify_credentials");
            Assert.Contains("\"username\":\"x.demo_aston\"", own, StringComparison.Ordinal);
            Assert.DoesNotContain("0123456789abcdef", await File.ReadAllTextAsync(sandbox.LogFile), StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(file, """[{"username": "bad name", "token": "0123456789abcdef"}, {"username": "short", "token": "x"}]""");
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => SandboxProcess.LaunchAsync(folder, "--accounts", file));
        Assert.Contains("'bad name' is no username", failed.Message, StringComparison.Ordinal);
        Assert.Contains("'short' needs a token", failed.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Process_Ends_WhenItsParentDoes()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-").FullName;
        var (process, _) = await SandboxProcess.LaunchAsync(folder, "--exit-with-parent");
        await using (process)
        {
            Assert.Equal(0, await process.EndInputAsync(TimeSpan.FromSeconds(20)));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Pages_ShowPostsAsText_WhateverTheyHold()
    {
        var account = await fixture.Sandbox.AccountAsync(platform: "x");
        var published = Assert.IsType<PublishResult.Published>(
            await _connector.PublishAsync(account, Requests.New("<script>alert(1)</script> \"quoted\" https://x.example/\"onload=\"a"), default));
        using var client = fixture.Sandbox.Anonymous();

        string[] pages =
        [
            await client.GetStringAsync("/"),
            await client.GetStringAsync($"/@{account.Key.Handle}"),
            await client.GetStringAsync(published.Url),
        ];

        Assert.All(pages, page => Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal));
        Assert.All(pages, page => Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal));
        Assert.All(pages, page => Assert.DoesNotContain("\"onload=", page, StringComparison.Ordinal));
        Assert.All(pages, page => Assert.Contains("via sandbox for x", page, StringComparison.Ordinal));
        using var answer = await client.GetAsync("/@nobody");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.StartsWith("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_IsClosed_WithoutTheAdminKey()
    {
        using var client = fixture.Sandbox.Anonymous();

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/sandbox/requests")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsync("/sandbox/faults", null)).StatusCode);
    }
}
