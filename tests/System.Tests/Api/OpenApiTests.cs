using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>The OpenAPI document.</summary>
public sealed class OpenApiTests(ServiceFixture fixture)
{
    private static readonly string[] Promised =
    [
        "DELETE /api/scopes/{id}", "GET /api/accounts", "GET /api/accounts/{platform}/{handle}", "GET /api/accounts/{platform}/{handle}/posts",
        "GET /api/approvals", "GET /api/handback", "GET /api/holds", "GET /api/holds/{id}", "GET /api/holds/{id}/off-system", "GET /api/holds/{id}/off-system/unchecked", "GET /api/holds/{id}/proof", "GET /api/holds/{id}/proof.pdf", "GET /api/posts/{id}", "GET /api/posts/{id}/life", "GET /api/scopes", "GET /api/scopes/{id}", "GET /health/live", "GET /health/ready",
        "POST /api/accounts/import", "POST /api/accounts/{platform}/{handle}/approve", "POST /api/accounts/{platform}/{handle}/connect",
        "POST /api/accounts/{platform}/{handle}/contact", "POST /api/accounts/{platform}/{handle}/labels",
        "POST /api/accounts/{platform}/{handle}/posts", "POST /api/accounts/{platform}/{handle}/retire", "POST /api/content/check", "POST /api/handback", "POST /api/holds", "POST /api/holds/preview", "POST /api/holds/{id}/lift",
        "POST /api/holds/{id}/lift/decline", "POST /api/holds/{id}/review",
        "POST /api/incidents/cap", "POST /api/messages", "POST /api/posts/{id}/approve", "POST /api/posts/{id}/cancel", "POST /api/posts/{id}/confirm", "POST /api/posts/{id}/release", "POST /api/posts/{id}/remove", "POST /api/posts/{id}/reschedule",
        "POST /api/proofs/check", "POST /api/verify", "PUT /api/scopes/{id}",
    ];

    [Fact]
    public async Task Document_HasEveryRouteAndNoOther()
    {
        using var nobody = fixture.As(null);
        var document = (await nobody.GetAsync("/openapi/v1.json")).Expect(HttpStatusCode.OK).Json;
        var routes = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(verb => $"{verb.Key.ToUpperInvariant()} {path.Key}"))
            .Order(StringComparer.Ordinal);
        Assert.Equal(Promised, routes);
        Assert.StartsWith("3.", document.Text("openapi"), StringComparison.Ordinal);
        Assert.Equal("bearer", document["components"]!["securitySchemes"]!["token"]!.Text("scheme"));
    }

    [Fact]
    public async Task EveryRoute_IsDescribed()
    {
        using var nobody = fixture.As(null);
        var document = (await nobody.GetAsync("/openapi/v1.json")).Json;
        foreach (var (path, verbs) in document["paths"]!.AsObject())
        {
            foreach (var (verb, operation) in verbs!.AsObject())
            {
                Assert.False(string.IsNullOrWhiteSpace(operation!["summary"]?.GetValue<string>()), $"{verb} {path} has no summary.");
            }
        }
    }
}
