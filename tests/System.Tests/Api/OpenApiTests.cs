using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>The OpenAPI document.</summary>
public sealed class OpenApiTests(ServiceFixture fixture)
{
    private static readonly string[] Promised =
    [
        "DELETE /api/calendar/feed", "DELETE /api/drafts/{id}", "DELETE /api/scopes/{id}", "DELETE /api/templates/{id}", "GET /api/accounts", "GET /api/accounts/{platform}/{handle}",
        "GET /api/accounts/{platform}/{handle}/posts", "GET /api/accounts/{platform}/{handle}/rate", "GET /api/accounts/{platform}/{handle}/sign-in",
        "DELETE /api/accounts/{platform}/{handle}/sign-in/stored", "GET /api/accounts/{platform}/{handle}/sign-in/stored", "PUT /api/accounts/{platform}/{handle}/sign-in/stored",
        "GET /api/accounts/{platform}/{handle}/slots", "PUT /api/accounts/{platform}/{handle}/slots",
        "GET /api/approvals", "GET /api/approvals/returned", "GET /api/drafts", "GET /api/drafts/{id}", "GET /api/handback", "GET /api/holds", "GET /api/holds/{id}",
        "GET /api/holds/{id}/off-system", "GET /api/holds/{id}/off-system/unchecked", "GET /api/holds/{id}/lines", "GET /api/holds/{id}/notices", "POST /api/holds/{id}/proof", "POST /api/holds/{id}/proof.pdf",
        "GET /api/journal", "GET /api/media/{hash}", "GET /api/media/{hash}/preview", "GET /api/messages/{id}", "GET /api/permissions", "GET /api/posts/{id}", "GET /api/posts/{id}/figures", "GET /api/posts/{id}/life", "GET /api/queue",
        "GET /api/repeats", "GET /api/repeats/{id}", "GET /api/rules", "GET /api/scopes", "GET /api/scopes/{id}", "GET /api/sign-ins", "GET /api/templates", "GET /api/templates/{id}", "GET /health/live",
        "GET /health/ready", "POST /api/accounts/import", "POST /api/accounts/{platform}/{handle}/approve", "POST /api/accounts/{platform}/{handle}/connect",
        "POST /api/accounts/{platform}/{handle}/contact", "POST /api/accounts/{platform}/{handle}/labels", "POST /api/accounts/{platform}/{handle}/posts",
        "POST /api/accounts/{platform}/{handle}/retire", "POST /api/accounts/{platform}/{handle}/sign-in/check", "POST /api/calendar/feed", "POST /api/clashes",
        "POST /api/content/check", "POST /api/handback", "POST /api/holds", "POST /api/holds/preview", "POST /api/holds/{id}/lift", "POST /api/holds/{id}/lift/decline",
        "POST /api/holds/{id}/review", "POST /api/incidents/cap", "POST /api/media", "POST /api/messages", "POST /api/messages/{id}/retry",
        "POST /api/posts/{id}/approve", "POST /api/posts/{id}/cancel", "POST /api/posts/{id}/confirm", "POST /api/posts/{id}/edit", "POST /api/posts/{id}/release",
        "POST /api/posts/{id}/remove", "POST /api/posts/{id}/reschedule", "POST /api/posts/{id}/retry", "POST /api/posts/{id}/return", "POST /api/proofs/check",
        "POST /api/rates", "POST /api/repeats", "POST /api/repeats/preview", "POST /api/repeats/{id}/stop", "POST /api/verify", "PUT /api/drafts/{id}", "PUT /api/rules",
        "PUT /api/scopes/{id}", "PUT /api/templates/{id}",
    ];

    // What Comms' desk keeps besides posts and holds.
    private static readonly string[] Desk =
    [
        "GET /api/clients", "POST /api/clients", "POST /api/clients/{id}/end", "POST /api/clients/{id}/tokens", "POST /api/clients/{id}/tokens/{token}/revoke",
        "POST /api/journal/export", "GET /api/journal/exports", "GET /api/exercises", "GET /api/exercises/files/{number}", "GET /api/exercises/lines/{takeover}", "GET /api/exercises/reports/{number}",
        "POST /api/exercises/lines/{takeover}", "POST /api/exercises/lines/{takeover}/retry", "POST /api/exercises/seen",
        "GET /api/incidents", "GET /api/incidents/files/{number}", "GET /api/takeovers", "GET /api/takeovers/{id}",
        "GET /api/incidents/rules", "GET /api/incidents/rules/versions", "GET /api/incidents/rules/versions/{version}", "PUT /api/incidents/rules/draft",
        "POST /api/incidents/rules/draft/activate", "POST /api/incidents/rules/draft/ask", "POST /api/incidents/rules/draft/decline", "POST /api/incidents/rules/draft/discard",
        "POST /api/incidents/reports", "POST /api/incidents/rules/simulate", "POST /api/incidents/reports/{source}", "POST /api/takeovers/{id}/end", "POST /api/takeovers/{id}/forward", "POST /api/takeovers/{id}/veto",
        "GET /api/incidents/messages", "GET /api/incidents/messages/{id}", "GET /api/incidents/messages/{id}/raw", "GET /api/incidents/sources", "GET /api/incidents/feeds", "POST /api/incidents/feeds/{id}/poll", "POST /api/incidents/messages/{id}/settle",
        "GET /api/incidents/replays/current", "POST /api/incidents/replays", "POST /api/incidents/replays/{id}/pause", "POST /api/incidents/replays/{id}/resume", "POST /api/incidents/replays/{id}/stop",
        "GET /api/posts/{id}/corrections", "GET /api/posts/{id}/evidence", "GET /api/requests", "GET /api/rota", "GET /api/tasks", "POST /api/requests", "POST /api/requests/{id}/approve", "POST /api/requests/{id}/decline",
        "POST /api/rota/shifts/{id}/remove", "POST /api/tasks", "POST /api/tasks/{id}/done", "PUT /api/rota/shifts/{id}",
        "GET /api/redactions", "GET /api/redactions/{id}", "POST /api/redactions", "POST /api/redactions/{id}/confirm", "POST /api/redactions/{id}/decline",
        "GET /api/retention", "POST /api/retention/keeps", "POST /api/retention/keeps/end", "POST /api/retention/runs", "PUT /api/retention/categories/{id}", "PUT /api/retention/switch",
        "GET /api/staff", "GET /api/staff/{id}", "PUT /api/staff/{id}", "GET /api/staff/{id}/deputies", "POST /api/staff/{id}/deputies", "POST /api/staff/{id}/deputies/{deputising}/end", "POST /api/staff/{id}/identities", "POST /api/staff/{id}/identities/remove",
        "POST /api/rota/shifts/{id}/hand-over", "POST /api/rota/shifts/{id}/take-over", "GET /api/contacts", "GET /api/contacts/mine", "POST /api/accounts/{platform}/{handle}/contact/ask", "POST /api/accounts/{platform}/{handle}/contact/withdraw", "POST /api/accounts/{platform}/{handle}/contact/answer",
    ];

    [Fact]
    public async Task Document_HasEveryRouteAndNoOther()
    {
        using var nobody = fixture.As(null);
        var document = (await nobody.GetAsync("/openapi/v1.json")).Expect(HttpStatusCode.OK).Json;
        var routes = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(verb => $"{verb.Key.ToUpperInvariant()} {path.Key}"))
            .Order(StringComparer.Ordinal);
        Assert.Equal(Promised.Concat(Desk).Order(StringComparer.Ordinal), routes);
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
