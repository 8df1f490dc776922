using System.Text;
using System.Text.Json;
using Connectors.Tests.Sandbox;
using Connectors.Tests.Support;
using Coordination.Connectors;
using Coordination.Connectors.X;
using Coordination.Domain.Accounts;
using Coordination.Domain.Platforms;
using Xunit;

namespace Connectors.Tests.X;

/// <summary>What is asked of X is what its published description knows, parameter by parameter and field by field.</summary>
public sealed class XDescriptionTests
{
    private const string Data = "{\"data\": {\"id\": \"17\", \"text\": \"x\", \"deleted\": true, \"expires_after_secs\": 86400, \"username\": \"demo\", \"public_metrics\": {}}}";

    [Fact]
    public async Task EveryRequest_IsAsDescribed()
    {
        using var described = new OpenApiDocument(SharedFolder.File("specs", "x", "openapi.json"));
        await using var server = RawServer.Start(request =>
            request.StartsWith("GET /2/users/17/tweets", StringComparison.Ordinal) ? Answer(200, "{\"meta\": {\"result_count\": 0}}")
            : request.Contains("/finalize", StringComparison.Ordinal) ? Answer(400, "{\"title\": \"Invalid Request\"}")
            : Answer(request.StartsWith("POST /2/tweets", StringComparison.Ordinal) ? 201 : 200, Data));
        await using var services = SandboxFixture.Services();
        var x = SandboxFixture.Connector(services, Platform.X);
        var account = new ConnectorAccount(AccountKey.Parse("x/demo"), server.Address, new Credential.AccessToken("the-token-of-the-tests"));
        var image = new OutboundImage(Encoding.ASCII.GetBytes("no real image"), "image/png", 4, 3, "An engine & its crew");

        var ready = Assert.IsType<PrepareResult.Ready>(await x.PrepareAsync(account, [image], null, default));
        var request = Requests.New() with { Attachment = ready.Attachment, Thread = new ThreadPlace("16", "16") };
        Assert.IsType<PublishResult.Published>(await x.PublishAsync(account, request, default));
        await x.FindByKeyAsync(account, Requests.Find(request), default);
        await x.ReadAccountCountersAsync(account, default);
        await x.ReadPostCountersAsync(account, "17", default);
        Assert.IsType<RemoveResult.Removed>(await x.RemoveAsync(account, "17", default));

        var asked = server.Requests.Select(r => string.Join(' ', r.Split(' ').Take(2)).Split('?')[0]).Distinct(StringComparer.Ordinal).ToList();
        Assert.Equal(
            [
                "POST /2/media/upload/initialize", "POST /2/media/upload/17/append", "POST /2/media/upload/17/finalize", "GET /2/media/upload", "POST /2/media/metadata",
                "POST /2/tweets", "GET /2/users/me", "GET /2/users/17/tweets", "GET /2/tweets/17", "DELETE /2/tweets/17",
            ],
            asked);
        Assert.All(server.Requests, r => Assert.Equal([], FaultsOf(described, r)));
    }

    // The example of docs.x.com, "Creating a signature", for a request without a form.
    [Fact]
    public void Signature_IsThatOfTheStandard()
    {
        var secrets = new Credential.SignedRequests("xvz1evFS4wEEPTGEFPHBog", "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw", "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb", "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE");
        var header = OAuth1.Header(
            HttpMethod.Post,
            new Uri("https://api.twitter.com/1.1/statuses/update.json?include_entities=true&status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21"),
            secrets,
            "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
            DateTimeOffset.FromUnixTimeSeconds(1318622958));

        Assert.Equal("OAuth", header.Scheme);
        Assert.Contains("oauth_signature=\"hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D\"", header.Parameter, StringComparison.Ordinal);
        Assert.DoesNotContain("kAcSOqF21", header.Parameter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignedRequests_AreSignedAnew_EachTimeTheyAreSent()
    {
        await using var server = RawServer.Start(request => request.StartsWith("POST", StringComparison.Ordinal) ? Answer(201, Data) : Answer(503, ""));
        await using var services = SandboxFixture.Services();
        var x = SandboxFixture.Connector(services, Platform.X);
        var account = new ConnectorAccount(AccountKey.Parse("x/demo"), server.Address, new Credential.SignedRequests("app", "app-secret", "token", "token-secret"));
        Assert.IsType<PublishResult.Published>(await x.PublishAsync(account, Requests.New(), default));

        // A read is tried again, and by then its number was used.
        Assert.IsType<SignInResult.Unavailable>(await x.CheckSignInAsync(account, default));
        var headers = server.Requests.Select(r => r.Split("\r\n").Single(l => l.StartsWith("Authorization: OAuth ", StringComparison.Ordinal))).ToList();
        Assert.Equal((4, 4), (headers.Count, headers.Distinct(StringComparer.Ordinal).Count()));
        Assert.All(headers, h => Assert.DoesNotContain("secret", h, StringComparison.Ordinal));
    }

    private static List<string> FaultsOf(OpenApiDocument described, string request)
    {
        var head = request.Split("\r\n")[0].Split(' ');
        var method = head[0].ToUpperInvariant() switch { "GET" => "get", "POST" => "post", _ => "delete" };
        var (path, query) = head[1].Split('?') is [var p, var q] ? (p, q) : (head[1], "");
        var template = path.Replace("/17", "/{id}", StringComparison.Ordinal);
        var faults = described.QueryFaults(method, template, query).ToList();
        var body = request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        if (request.Contains("Content-Type: application/json", StringComparison.OrdinalIgnoreCase))
        {
            using var json = JsonDocument.Parse(body);
            faults.AddRange(described.RequestFaults(method, template, json.RootElement));
        }
        else if (request.Contains("Content-Type: multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            faults.AddRange(described.FormFaults(method, template, [.. body.Split("; name=").Skip(1).Select(f => f.Split('\r')[0].Split(';')[0].Trim('"'))]));
        }

        return faults;
    }

    private static string Answer(int status, string body) => $"HTTP/1.1 {status} Told\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
}
