using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Connectors.Tests.Support;
using Xunit;

namespace Connectors.Tests.Sandbox;

/// <summary>Every answer of the sandbox against Mastodon's published description, so that connector and sandbox cannot be wrong together.</summary>
public sealed class SandboxDescriptionTests(SandboxFixture fixture) : IDisposable
{
    private const string Post = "/api/v1/statuses";
    private const string One = "/api/v1/statuses/{id}";
    private const string Verify = "/api/v1/accounts/verify_credentials";
    private const string Account = "/api/v1/accounts/{id}";
    private const string Statuses = "/api/v1/accounts/{id}/statuses";

    private readonly OpenApiDocument _description = new(SharedFolder.File("specs", "mastodon", "schema.json"));
    private readonly SandboxProcess _sandbox = fixture.Sandbox;

    [Fact]
    public async Task Success_IsAsDescribed_OnEveryAddress()
    {
        var account = await _sandbox.AccountAsync();
        using var client = _sandbox.Client(account);
        var post = await ExpectAsync("post", Post, 200, await PostAsync(client, "Look: https://www.wmfs.net/a?b=1&c=2\n\n<b> & so on"));
        var id = post.GetProperty("id").GetString();
        var own = await ExpectAsync("get", Verify, 200, await client.GetAsync(Verify));
        var accountId = own.GetProperty("id").GetString();

        await ExpectAsync("get", One, 200, await client.GetAsync($"/api/v1/statuses/{id}"));
        await ExpectAsync("get", Account, 200, await client.GetAsync($"/api/v1/accounts/{accountId}"));
        var page = await ExpectAsync("get", Statuses, 200, await client.GetAsync($"/api/v1/accounts/{accountId}/statuses"));
        await ExpectAsync("get", "/api/v2/instance", 200, await client.GetAsync("/api/v2/instance"));
        var deleted = await ExpectAsync("delete", One, 200, await client.DeleteAsync($"/api/v1/statuses/{id}"));

        Assert.Equal(1, page.GetArrayLength());
        Assert.Equal("Look: https://www.wmfs.net/a?b=1&c=2\n\n<b> & so on", deleted.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData(1_000, 200, 200)]
    [InlineData(500_000, 202, 206)]
    public async Task Upload_IsAsDescribed(int size, int uploaded, int asked)
    {
        using var client = _sandbox.Client(await _sandbox.AccountAsync());
        using var file = new ByteArrayContent(new byte[size]) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        using var form = new MultipartFormDataContent { { file, "file", "map.png" }, { new StringContent("A map"), "description" } };

        using var answer = await client.PostAsync("/api/v2/media", form);
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        using var first = await client.GetAsync($"/api/v1/media/{id}");

        // The description says nothing of what a file looks like that is still being worked through.
        Assert.Equal((uploaded, asked), ((int)answer.StatusCode, (int)first.StatusCode));
        await ExpectAsync("get", "/api/v1/media/{id}", 200, await client.GetAsync($"/api/v1/media/{id}"));
        await ExpectAsync("get", "/api/v1/media/{id}", 404, await client.GetAsync("/api/v1/media/1"));
        using var page = new StringContent("<svg/>", new MediaTypeHeaderValue("image/svg+xml"));
        using var bad = new MultipartFormDataContent { { page, "file", "map.svg" } };
        await ExpectAsync("post", "/api/v2/media", 422, await client.PostAsync("/api/v2/media", bad));
    }

    [Fact]
    public async Task Instance_SaysHowLongATextMayBe()
    {
        using var client = _sandbox.Anonymous();

        var statuses = (await client.GetFromJsonAsync<JsonElement>("/api/v2/instance")).GetProperty("configuration").GetProperty("statuses");

        Assert.Equal(63206, statuses.GetProperty("max_characters").GetInt32());
        Assert.Equal(23, statuses.GetProperty("characters_reserved_per_url").GetInt32());
    }

    [Theory]
    [InlineData("get", Verify, Verify)]
    [InlineData("get", One, "/api/v1/statuses/1")]
    [InlineData("delete", One, "/api/v1/statuses/1")]
    [InlineData("get", Account, "/api/v1/accounts/1")]
    [InlineData("get", Statuses, "/api/v1/accounts/1/statuses")]
    [InlineData("post", Post, Post)]
    public async Task WrongToken_Is401AsDescribed(string method, string path, string address)
    {
        using var client = _sandbox.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "nobody-has-this-token");

        await ExpectAsync(method, path, 401, await client.SendAsync(new HttpRequestMessage(HttpMethod.Parse(method), address)));
    }

    [Theory]
    [InlineData("get", One, "/api/v1/statuses/1")]
    [InlineData("get", One, "/api/v1/statuses/no-number")]
    [InlineData("delete", One, "/api/v1/statuses/1")]
    [InlineData("get", Account, "/api/v1/accounts/1")]
    [InlineData("get", Statuses, "/api/v1/accounts/1/statuses")]
    public async Task NothingThere_Is404AsDescribed(string method, string path, string address)
    {
        using var client = _sandbox.Client(await _sandbox.AccountAsync());

        await ExpectAsync(method, path, 404, await client.SendAsync(new HttpRequestMessage(HttpMethod.Parse(method), address)));
    }

    [Theory]
    [InlineData("""{"status": "  "}""")]
    [InlineData("""{"language": "en"}""")]
    [InlineData("""{"status": "a", "visibility": "everybody"}""")]
    [InlineData("""{"status": "a", "scheduled_at": "2030-01-01T00:00:00Z"}""")]
    [InlineData("""["status"]""")]
    [InlineData("""{"status": """)]
    public async Task BadStatus_Is422AndStoresNothing(string body)
    {
        var account = await _sandbox.AccountAsync();
        using var client = _sandbox.Client(account);
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));

        using var answer = await client.PostAsync(Post, content);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.False(string.IsNullOrEmpty((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString()));
        Assert.Equal(0, await _sandbox.StoredAsync(account));
    }

    [Fact]
    public async Task RateLimit_Is429WithItsHeaders_WhenItIsReached()
    {
        await using var strict = await SandboxProcess.StartAsync("--rate-limit", "3");
        using var client = strict.Client(await strict.AccountAsync());

        // Seven requests span two windows at most, and two windows let six through.
        HttpResponseMessage answer = await client.GetAsync(Verify);
        for (var i = 0; i < 6 && answer.IsSuccessStatusCode; i++)
        {
            answer = await client.GetAsync(Verify);
        }

        await ExpectAsync("get", Verify, 429, answer);
        Assert.Equal("3", Assert.Single(answer.Headers.GetValues("X-RateLimit-Limit")));
        Assert.Equal("0", Assert.Single(answer.Headers.GetValues("X-RateLimit-Remaining")));
        Assert.True(DateTimeOffset.Parse(Assert.Single(answer.Headers.GetValues("X-RateLimit-Reset")), CultureInfo.InvariantCulture) > TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task ConnectorsRequest_IsAsDescribed()
    {
        await using var server = RawServer.Start("HTTP/1.1 500 Failed\r\nContent-Length: 0\r\n\r\n");
        await using var services = SandboxFixture.Services();
        var account = (await _sandbox.AccountAsync()) with { Server = server.Address };

        await SandboxFixture.Connector(services, Coordination.Domain.Platforms.Platform.Mastodon).PublishAsync(account, Requests.New(), default);

        var request = Assert.Single(server.Requests);
        using var body = JsonDocument.Parse(request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.Empty(_description.RequestFaults("post", Post, body.RootElement));
        Assert.StartsWith("POST /api/v1/statuses HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nIdempotency-Key: ", request, StringComparison.Ordinal);
        Assert.True(_description.HasHeader("post", Post, "Idempotency-Key"));
    }

    [Fact]
    public void Description_FindsFaults_WhereThereAreSome()
    {
        using var wrong = JsonDocument.Parse("""{"error": 12, "unheard_of": true}""");

        Assert.Equal(2, _description.AnswerFaults("get", One, 404, wrong.RootElement).Count);
        Assert.NotEmpty(_description.AnswerFaults("get", One, 200, wrong.RootElement));
    }

    public void Dispose() => _description.Dispose();

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string text) =>
        await client.PostAsJsonAsync(Post, new { status = text, visibility = "public", language = "en" });

    private async Task<JsonElement> ExpectAsync(string method, string path, int status, HttpResponseMessage answer)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Empty(_description.AnswerFaults(method, path, status, body));
        return body;
    }
}
