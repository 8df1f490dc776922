using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Who may do what at the edge: every route by every role. A command that is let in is then refused for what it says, so nothing changes.</summary>
public sealed class AuthorityTests(ServiceFixture fixture)
{
    private const string NoPost = "/api/posts/0198a0a0-0000-7000-8000-000000000000";

    private static readonly string[] Publishers = [Roles.Manager, Roles.Officer, Roles.Fds, Roles.FireControl, Roles.Holder];
    private static readonly string[] Comms = [Roles.Manager, Roles.Officer];
    private static readonly string[] Watchers = [Roles.Manager, Roles.Officer, Roles.Fds, Roles.FireControl, Roles.Auditor];
    private static readonly string[] Holders = [Roles.Manager, Roles.Officer, Roles.Fds, Roles.FireControl];

    public static TheoryData<string, string, string[]> Routes() => new()
    {
        { "GET", "/api/accounts", Roles.All },
        { "GET", "/api/accounts/x/demo_wmfs_aston", Roles.All },
        { "GET", "/api/accounts/x/demo_wmfs_aston/posts", Roles.All },
        { "GET", NoPost, Roles.All },
        { "GET", NoPost + "/life", Roles.All },
        { "GET", NoPost + "/figures", Roles.All },
        { "GET", NoPost + "/corrections", Roles.All },
        { "GET", NoPost + "/evidence", Roles.All },
        { "GET", "/api/tasks", Roles.All },
        { "POST", "/api/tasks", [Roles.Manager, Roles.Officer, Roles.Holder] },
        { "POST", "/api/tasks/nothing/done", [Roles.Manager, Roles.Officer, Roles.Holder] },
        { "GET", "/api/requests", Roles.All },
        { "POST", "/api/requests", [Roles.Manager, Roles.Officer, Roles.Holder] },
        { "POST", "/api/requests/nothing/approve", Comms },
        { "POST", "/api/requests/nothing/decline", Comms },
        { "GET", "/api/staff", [Roles.Manager, Roles.Officer, Roles.Auditor] },
        { "GET", "/api/staff/nobody", [Roles.Manager, Roles.Officer, Roles.Auditor] },
        { "PUT", "/api/staff/nobody", [Roles.Manager] },
        { "GET", "/api/staff/nobody/deputies", [Roles.Manager, Roles.Officer, Roles.Auditor] },
        { "POST", "/api/staff/nobody/deputies", [Roles.Manager] },
        { "POST", "/api/staff/nobody/deputies/0198a0a0-0000-7000-8000-000000000000/end", [Roles.Manager] },
        { "POST", "/api/staff/nobody/identities", [Roles.Manager] },
        { "POST", "/api/staff/nobody/identities/remove", [Roles.Manager] },
        { "GET", "/api/contacts", [Roles.Manager, Roles.Officer, Roles.Auditor] },
        { "GET", "/api/contacts/mine", Roles.All },
        { "POST", "/api/accounts/x/nobody_at_all/contact/ask", Comms },
        { "POST", "/api/accounts/x/nobody_at_all/contact/withdraw", Comms },
        { "POST", "/api/accounts/x/nobody_at_all/contact/answer", Roles.All },
        { "GET", "/api/rota", Roles.All },
        { "PUT", "/api/rota/shifts/nothing", Comms },
        { "POST", "/api/rota/shifts/nothing/remove", Comms },
        { "POST", "/api/rota/shifts/nothing/hand-over", Roles.All },
        { "POST", "/api/rota/shifts/nothing/take-over", Roles.All },
        { "GET", "/api/holds", Roles.All },
        { "GET", "/api/holds/H-999999", Roles.All },
        { "GET", "/api/holds/H-999999/off-system", Roles.All },
        { "GET", "/api/holds/H-999999/off-system/unchecked", Roles.All },
        { "GET", "/api/holds/H-999999/notices", Watchers },
        { "GET", "/api/holds/H-999999/lines", Roles.All },
        { "POST", "/api/holds/H-999999/proof", Roles.All },
        { "POST", "/api/holds/H-999999/proof.pdf", Roles.All },
        { "POST", "/api/proofs/check", [Roles.Manager, Roles.Officer, Roles.Auditor] },
        { "GET", "/api/handback", Roles.All },
        { "GET", "/api/approvals", Roles.All },
        { "GET", "/api/approvals/returned", Roles.All },
        { "POST", "/api/calendar/feed", Roles.All },
        { "DELETE", "/api/calendar/feed", Roles.All },
        { "GET", "/api/drafts", Publishers },
        { "GET", "/api/drafts/0198a0a0-0000-7000-8000-000000000000", Publishers },
        { "PUT", "/api/drafts/nothing", Publishers },
        { "DELETE", "/api/drafts/nothing", Publishers },
        { "GET", "/api/repeats", Roles.All },
        { "GET", "/api/repeats/nothing", Roles.All },
        { "POST", "/api/repeats", Publishers },
        { "POST", "/api/repeats/preview", Publishers },
        { "POST", "/api/repeats/nothing/stop", Publishers },
        { "GET", "/api/accounts/x/nobody_at_all/slots", Roles.All },
        { "PUT", "/api/accounts/x/nobody_at_all/slots", Publishers },
        { "GET", "/api/rules", Roles.All },
        { "PUT", "/api/rules", [Roles.Manager] },
        { "POST", "/api/clashes", Roles.All },
        { "POST", "/api/rates", Roles.All },
        { "POST", "/api/accounts/x/nobody_at_all/posts", Publishers },
        { "POST", "/api/accounts/import", Comms },
        { "POST", "/api/accounts/x/nobody_at_all/approve", Comms },
        { "POST", "/api/accounts/x/nobody_at_all/connect", Comms },
        { "POST", "/api/accounts/x/nobody_at_all/retire", Comms },
        { "POST", "/api/accounts/x/nobody_at_all/contact", Comms },
        { "POST", "/api/accounts/x/nobody_at_all/labels", Comms },
        { "POST", "/api/handback", Comms },
        { "POST", "/api/content/check", Publishers },
        { "POST", "/api/messages", Publishers },
        { "POST", "/api/media", Publishers },
        { "GET", "/api/media/nothing", Roles.All },
        { "GET", "/api/media/nothing/preview", Roles.All },
        { "POST", NoPost + "/cancel", Publishers },
        { "POST", NoPost + "/reschedule", Publishers },
        { "POST", NoPost + "/confirm", Publishers },
        { "POST", NoPost + "/release", Comms },
        { "POST", NoPost + "/approve", Publishers },
        { "POST", NoPost + "/return", Publishers },
        { "POST", NoPost + "/retry", Publishers },
        { "GET", "/api/messages/0198a0a0-0000-7000-8000-000000000000", Roles.All },
        { "POST", "/api/messages/0198a0a0-0000-7000-8000-000000000000/retry", Publishers },
        { "GET", "/api/sign-ins", Roles.All },
        { "GET", "/api/accounts/x/nobody_at_all/rate", Roles.All },
        { "GET", "/api/accounts/x/nobody_at_all/sign-in", Roles.All },
        { "POST", "/api/accounts/x/nobody_at_all/sign-in/check", Comms },
        { "GET", "/api/accounts/x/nobody_at_all/sign-in/stored", Comms },
        { "PUT", "/api/accounts/x/nobody_at_all/sign-in/stored", Comms },
        { "DELETE", "/api/accounts/x/nobody_at_all/sign-in/stored", Comms },
        { "GET", "/api/queue", Roles.All },
        { "POST", NoPost + "/edit", Publishers },
        { "POST", NoPost + "/remove", Comms },
        { "POST", "/api/holds/preview", Holders },
        { "POST", "/api/holds", Holders },
        { "POST", "/api/holds/H-999999/lift", Comms },
        { "POST", "/api/holds/H-999999/lift/decline", Comms },
        { "POST", "/api/holds/H-999999/review", Comms },
        { "GET", "/api/scopes", Roles.All },
        { "GET", "/api/scopes/nothing", Roles.All },
        { "PUT", "/api/scopes/nothing", Comms },
        { "DELETE", "/api/scopes/nothing", Comms },
        { "GET", "/api/templates", Roles.All },
        { "GET", "/api/templates/nothing", Roles.All },
        { "PUT", "/api/templates/nothing", Comms },
        { "DELETE", "/api/templates/nothing", Comms },
        { "POST", "/api/incidents/cap", [Roles.Manager, Roles.FireControl] },
        { "POST", "/api/incidents/reports", [Roles.Manager, Roles.FireControl] },
        { "POST", "/api/incidents/rules/simulate", Watchers },
        { "POST", "/api/incidents/replays", [Roles.Manager, Roles.FireControl] },
        { "GET", "/api/incidents/replays/current", Watchers },
        { "POST", "/api/incidents/replays/nothing/stop", [Roles.Manager, Roles.Officer, Roles.FireControl] },
        { "POST", "/api/incidents/replays/nothing/pause", [Roles.Manager, Roles.Officer, Roles.FireControl] },
        { "POST", "/api/incidents/replays/nothing/resume", [Roles.Manager, Roles.FireControl] },
        { "GET", "/api/incidents", Watchers },
        { "GET", "/api/exercises", Watchers },
        { "GET", "/api/incidents/files/nothing", Watchers },
        { "GET", "/api/exercises/files/nothing", Watchers },
        { "GET", "/api/exercises/reports/nothing", Watchers },
        { "GET", "/api/exercises/lines/nothing", Watchers },
        { "POST", "/api/exercises/lines/nothing", [Roles.Manager, Roles.Officer, Roles.Holder] },
        { "POST", "/api/exercises/lines/nothing/retry", [Roles.Manager, Roles.Officer, Roles.Holder] },
        { "POST", "/api/exercises/seen", [Roles.Manager, Roles.Officer, Roles.FireControl] },
        { "GET", "/api/incidents/rules", Watchers },
        { "GET", "/api/incidents/rules/versions", Watchers },
        { "GET", "/api/incidents/rules/versions/1", Watchers },
        { "PUT", "/api/incidents/rules/draft", [Roles.Manager] },
        { "POST", "/api/incidents/rules/draft/ask", [Roles.Manager] },
        { "POST", "/api/incidents/rules/draft/discard", [Roles.Manager] },
        { "POST", "/api/incidents/rules/draft/activate", Comms },
        { "POST", "/api/incidents/rules/draft/decline", Comms },
        { "GET", "/api/takeovers", Watchers },
        { "GET", "/api/takeovers/nothing", Watchers },
        { "POST", "/api/takeovers/nothing/veto", Comms },
        { "POST", "/api/takeovers/nothing/forward", Comms },
        { "POST", "/api/takeovers/nothing/end", Comms },
        { "GET", "/api/incidents/messages", Watchers },
        { "GET", "/api/incidents/messages/nothing", Watchers },
        { "GET", "/api/incidents/messages/nothing/raw", Watchers },
        { "GET", "/api/incidents/sources", Watchers },
        { "GET", "/api/incidents/feeds", Watchers },
        { "POST", "/api/incidents/feeds/nothing/poll", [Roles.Manager, Roles.FireControl] },
        { "POST", "/api/incidents/messages/nothing/settle", Holders },
        { "GET", "/api/permissions", Roles.Everybody },
        { "GET", "/api/clients", Roles.All },
        { "POST", "/api/clients", [Roles.Manager] },
        { "POST", "/api/clients/nothing/tokens", Roles.All },
        { "POST", "/api/clients/nothing/tokens/nothing/revoke", Roles.All },
        { "POST", "/api/clients/nothing/end", Roles.All },
        { "GET", "/api/journal", [Roles.Manager, Roles.Officer, Roles.Auditor] },
        { "POST", "/api/journal/export", [Roles.Manager, Roles.Officer, Roles.Auditor] },
        { "GET", "/api/journal/exports", [Roles.Manager, Roles.Officer, Roles.Auditor] },
        { "GET", "/api/redactions", [Roles.Manager, Roles.Officer, Roles.Auditor] },
        { "GET", "/api/redactions/R-999999", [Roles.Manager, Roles.Officer, Roles.Auditor] },
        { "POST", "/api/redactions", [Roles.Manager] },
        { "POST", "/api/redactions/R-999999/confirm", Comms },
        { "POST", "/api/redactions/R-999999/decline", Comms },
        { "GET", "/api/retention", [Roles.Manager, Roles.Officer, Roles.Auditor] },
        { "PUT", "/api/retention/categories/nothing", [Roles.Manager] },
        { "POST", "/api/retention/runs", [Roles.Manager, Roles.Officer, Roles.Auditor] },
        { "PUT", "/api/retention/switch", [Roles.Manager] },
        { "POST", "/api/retention/keeps", [Roles.Manager] },
        { "POST", "/api/retention/keeps/end", [Roles.Manager] },
        { "POST", "/api/verify", [Roles.Manager, Roles.Officer, Roles.Auditor] },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_LetsInThoseRolesAlone(string method, string path, string[] may)
    {
        foreach (var role in Roles.Everybody)
        {
            using var client = fixture.As(role);
            var answer = await SendAsync(client, method, path);
            if (may.Contains(role, StringComparer.Ordinal))
            {
                Assert.True(answer.Status is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized), $"{role} {method} {path}: {answer.Text}");
            }
            else
            {
                answer.ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
                Assert.Contains("Who may: ", answer.Detail, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_AsksWhoItIs_WithoutTokenOrWithAWrongOne(string method, string path, string[] may)
    {
        Assert.NotEmpty(may);
        using var nobody = fixture.As(null);
        var missing = (await SendAsync(nobody, method, path)).ExpectProblem(HttpStatusCode.Unauthorized, "token-missing");
        Assert.StartsWith("Bearer", missing.Message.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);

        using var stranger = new ApiClient(fixture.Service.BaseAddress, "not-a-token");
        var wrong = (await SendAsync(stranger, method, path)).ExpectProblem(HttpStatusCode.Unauthorized, "token-unknown");
        Assert.Contains("invalid_token", wrong.Message.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hold_NeedsAnIncident_FromWhoIsNotOfComms()
    {
        using var fds = fixture.As(Roles.Fds);
        var body = new { kind = "freeze", scope = new { accounts = new[] { "x/demo_wmfs_aston" } }, reason = "Smoke over the road" };
        (await fds.PostAsync("/api/holds", body)).ExpectProblem(HttpStatusCode.Forbidden, "incident-missing");
        var hold = (await fds.PostAsync("/api/holds", new { body.kind, body.scope, body.reason, incident = "INC-1" })).Expect(HttpStatusCode.Created).Json;
        using var manager = fixture.As(Roles.Manager);
        using var officer = fixture.As(Roles.Officer);
        await manager.LiftTogetherAsync(officer, hold);
    }

    [Fact]
    public async Task Lift_SaysWhoMay_ToWhoMayNot()
    {
        using var fds = fixture.As(Roles.Fds);
        var answer = (await fds.PostAsync("/api/holds/H-999999/lift", new { reason = "r" })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        Assert.Contains("Comms manager", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownAddress_TellsNothing_ToStrangers()
    {
        using var nobody = fixture.As(null);
        (await nobody.GetAsync("/api/nothing/here")).ExpectProblem(HttpStatusCode.Unauthorized, "token-missing");
    }

    internal static Task<ApiAnswer> SendAsync(ApiClient client, string method, string path) => method switch
    {
        "GET" => client.GetAsync(path),
        "PUT" => client.PutAsync(path, new { }),
        "DELETE" => client.DeleteAsync(path),
        _ when path.EndsWith("/cap", StringComparison.Ordinal) => client.PostTextAsync(path, "<no-cap/>", "application/cap+xml"),
        _ when path.EndsWith("/import", StringComparison.Ordinal) => client.PostTextAsync(path, "no,register", "text/csv"),
        _ when path.EndsWith("/simulate", StringComparison.Ordinal) || path.EndsWith("/replays", StringComparison.Ordinal) => client.PostTextAsync(path, "no,recording", "text/csv"),
        _ when path.EndsWith("/media", StringComparison.Ordinal) => client.PostTextAsync(path, "no image", "image/png"),
        _ => client.PostAsync(path, new { }),
    };
}
