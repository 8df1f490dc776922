using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Connectors.Tests.Sandbox;

/// <summary>The sandbox's exercise network: marked lines of stand-ins, each once for its key, apart from everything else there.</summary>
public sealed class ExerciseNetworkTests(SandboxFixture fixture)
{
    private const string Words = "EXERCISE – We are dealing with it.";

    [Fact]
    public async Task Identity_IsProvedByTheKey_AndByNothingElse()
    {
        using var client = fixture.Sandbox.Anonymous();
        var nonce = RandomNumberGenerator.GetHexString(32);
        var said = await client.GetFromJsonAsync<JsonElement>($"/exercise/api/identity?nonce={nonce}");
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(SandboxProcess.ExerciseKey), Encoding.UTF8.GetBytes("wmfs-exercise-sandbox/" + nonce));
        Assert.Equal("wmfs-exercise-sandbox", said.GetProperty("network").GetString());
        Assert.Equal(Convert.ToHexStringLower(expected), said.GetProperty("proof").GetString());
        foreach (var bad in new[] { "", "?nonce=1234", "?nonce=" + new string('x', 32), "?nonce=" + new string('a', 129) })
        {
            using var answer = await client.GetAsync("/exercise/api/identity" + bad);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Line_IsOutOnceForItsKey_AlsoAfterAKill_AndNowhereElse()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-").FullName;
        var first = await SandboxProcess.StartInAsync(folder);
        var token = await AdmitAsync(first, "exercise_x_aston");
        var key = Guid.NewGuid().ToString("N");
        var one = await ExpectAsync(await PublishAsync(first, token, key, Words), HttpStatusCode.OK);
        var again = await ExpectAsync(await PublishAsync(first, token, key, Words + " Other words"), HttpStatusCode.OK);
        Assert.Equal((one.GetProperty("id").GetInt64(), true), (again.GetProperty("id").GetInt64(), again.GetProperty("repeated").GetBoolean()));
        await first.KillAsync();

        await using var second = await SandboxProcess.StartInAsync(folder);
        Assert.Equal(token, await AdmitAsync(second, "exercise_x_aston"));
        Assert.True((await ExpectAsync(await PublishAsync(second, token, key, Words), HttpStatusCode.OK)).GetProperty("repeated").GetBoolean());
        await ExpectAsync(await PublishAsync(second, await AdmitAsync(second, "exercise_x_other"), key, Words), HttpStatusCode.OK);

        using var owner = Client(second, SandboxProcess.ExerciseKey);
        var lines = (await owner.GetFromJsonAsync<JsonElement[]>("/exercise/api/lines"))!;
        Assert.Equal(["exercise_x_other", "exercise_x_aston"], lines.Select(l => l.GetProperty("username").GetString()!), StringComparer.Ordinal);
        using var anybody = second.Anonymous();
        Assert.Contains("0 posts", await anybody.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("EXERCISE –", await File.ReadAllTextAsync(second.LogFile), StringComparison.Ordinal);
        Assert.DoesNotContain(token, await File.ReadAllTextAsync(Path.Combine(folder, "exercise", "sandbox.log")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("We are dealing with it.")]
    [InlineData(" EXERCISE – We are dealing with it.")]
    [InlineData("EXERCISE - We are dealing with it.")]
    [InlineData("EXERCISE –  ")]
    [InlineData("")]
    public async Task Text_WithoutTheMark_IsRefused(string text)
    {
        var token = await AdmitAsync(fixture.Sandbox, "exercise_" + Guid.NewGuid().ToString("N"));
        await ExpectAsync(await PublishAsync(fixture.Sandbox, token, Guid.NewGuid().ToString("N"), text), HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Tokens_OpenTheirOwnNetworkAlone()
    {
        var sandbox = fixture.Sandbox;
        var account = await sandbox.AccountAsync();
        var real = sandbox.Client(account).DefaultRequestHeaders.Authorization!.Parameter!;
        var standIn = await AdmitAsync(sandbox, "exercise_" + Guid.NewGuid().ToString("N"));

        // An account's token says nothing in an exercise, and neither does the key that admits.
        await ExpectAsync(await PublishAsync(sandbox, real, Guid.NewGuid().ToString("N"), Words), HttpStatusCode.Unauthorized);
        await ExpectAsync(await PublishAsync(sandbox, SandboxProcess.ExerciseKey, Guid.NewGuid().ToString("N"), Words), HttpStatusCode.Unauthorized);

        // A stand-in's token, and the key, say nothing on the network that stands in for the platforms.
        foreach (var token in new[] { standIn, SandboxProcess.ExerciseKey })
        {
            using var client = Client(sandbox, token);
            using var status = await client.PostAsJsonAsync("/api/v1/statuses", new { status = Words });
            using var control = await client.GetAsync("/sandbox/requests");
            Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (status.StatusCode, control.StatusCode));
        }

        using var stranger = Client(sandbox, standIn);
        using var admission = await stranger.PostAsJsonAsync("/exercise/api/stand-ins", new { username = "exercise_x", displayName = "X", platform = "X" });
        using var all = await stranger.GetAsync("/exercise/api/lines");
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (admission.StatusCode, all.StatusCode));
        Assert.Equal(0, await sandbox.StoredAsync(account));
    }

    [Fact]
    public async Task Page_IsUnmistakable_AndShowsTextAsText()
    {
        var mark = Guid.NewGuid().ToString("N");
        var token = await AdmitAsync(fixture.Sandbox, "exercise_" + Guid.NewGuid().ToString("N"), "<b>Aston</b>");
        var line = await ExpectAsync(await PublishAsync(fixture.Sandbox, token, Guid.NewGuid().ToString("N"), $"EXERCISE – <script>alert(1)</script> {mark}"), HttpStatusCode.OK);
        using var client = fixture.Sandbox.Anonymous();
        foreach (var page in new[] { await client.GetStringAsync("/exercise"), await client.GetStringAsync(line.GetProperty("url").GetString()) })
        {
            Assert.Contains(mark, page, StringComparison.Ordinal);
            Assert.Contains("EXERCISE NETWORK", page, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
            Assert.Contains("&lt;b&gt;Aston&lt;/b&gt;", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        }

        using var missing = await client.GetAsync("/exercise/lines/999999");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.DoesNotContain(mark, await client.GetStringAsync("/"), StringComparison.Ordinal);
    }

    private static HttpClient Client(SandboxProcess sandbox, string token) =>
        new() { BaseAddress = sandbox.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    private static async Task<string> AdmitAsync(SandboxProcess sandbox, string username, string name = "Aston")
    {
        using var client = Client(sandbox, SandboxProcess.ExerciseKey);
        using var answer = await client.PostAsJsonAsync("/exercise/api/stand-ins", new { username, displayName = name, platform = "X" });
        return (await ExpectAsync(answer, HttpStatusCode.OK)).GetProperty("token").GetString()!;
    }

    private static async Task<HttpResponseMessage> PublishAsync(SandboxProcess sandbox, string token, string key, string text)
    {
        using var client = Client(sandbox, token);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/exercise/api/lines") { Content = JsonContent.Create(new { text }) };
        request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    private static async Task<JsonElement> ExpectAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{(int)answer.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement.Clone();
    }
}
