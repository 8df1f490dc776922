using System.Security.Cryptography;
using System.Text;
using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>What a platform does not delete becomes a task that stays open until a person confirms it; and the evidence of a removal.</summary>
public sealed class TaskTests(ServiceFixture fixture)
{
    private const string Account = "x/demo_wmfs_fallings_park";
    private readonly ApiClient _comms = fixture.As(Roles.Officer);
    private readonly ApiClient _manager = fixture.As(Roles.Manager);

    [Fact]
    public async Task Removal_ThatThePlatformRefuses_IsATaskUntilAPersonConfirms_AndStandsInTheEvidence()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        var id = (await _comms.PostAsync($"/api/accounts/{Account}/posts", new { text = "Doors open at ten." })).Expect(HttpStatusCode.Created).Json.Text("id");
        await _comms.PostBecomesAsync(id, "published");
        (await _comms.GetAsync($"/api/posts/{id}/evidence")).ExpectProblem(HttpStatusCode.NotFound, "no-removal");

        await sandbox.MisbehaveAsync(Account, "fail", count: 1, status: 403);
        (await _manager.PostAsync($"/api/posts/{id}/remove", new { reason = "The wrong street" })).Expect(HttpStatusCode.OK);
        var task = await TaskBecomesAsync(id, open: true);
        Golden.Match("task-delete", task);
        Assert.Equal(("delete-post", "system", Account, id), (task.Text("kind"), task.Text("askedBy"), task.Text("account"), task.Text("post")));
        var still = await Eventually.Becomes(
            async () => (await _comms.GetAsync($"/api/posts/{id}")).Json, post => post["note"] is not null, "the refusal is recorded");
        Assert.Contains("A task is open", still.Text("note"), StringComparison.Ordinal);
        Assert.Equal("published", still.Text("state"));

        // Who does not look after the account confirms nothing; nor does anybody without a word.
        using var auditor = fixture.As(Roles.Auditor);
        (await auditor.PostAsync($"/api/tasks/{id}/done", new { note = "Gone" })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await _comms.PostAsync($"/api/tasks/{id}/done", new { note = " " })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "words-missing");
        Assert.True((await TaskBecomesAsync(id, open: true))["open"]!.GetValue<bool>());

        foreach (var _ in Enumerable.Range(0, 2))
        {
            (await _comms.PostAsync($"/api/tasks/{id}/done", new { note = "Deleted in the app, seen gone" })).Expect(HttpStatusCode.OK);
        }

        var removed = await _comms.PostBecomesAsync(id, "removed");
        Assert.Equal("Sam Demo confirmed that it is deleted on the platform itself: Deleted in the app, seen gone", removed.Text("note"));

        var file = (await _comms.GetAsync($"/api/posts/{id}/evidence")).Expect(HttpStatusCode.OK);
        Golden.Match("evidence", file.Json);
        var record = file.Json["record"]!;
        Assert.Equal(["asked", "refused", "removed"], record["removal"]!.AsArray().Select(s => s!.Text("result")));
        Assert.Equal("The wrong street", record["removal"]![0]!.Text("words"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("Doors open at ten."u8)), record.Text("textSha256"));
        Assert.False(record["task"]!["open"]!.GetValue<bool>());

        // The hash is of the record's own bytes, and each entry's is the journal's.
        var whole = file.Text["{\"record\":".Length..file.Text.LastIndexOf(",\"sha256\"", StringComparison.Ordinal)];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole))), file.Json.Text("sha256"));
        var life = (await _comms.GetAsync($"/api/posts/{id}/life")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        Assert.Equal(life.Select(m => m!.Text("hash")), record["entries"]!.AsArray().Select(e => e!.Text("hash")));

        using var fds = fixture.As(Roles.Fds);
        (await fds.GetAsync($"/api/posts/{id}/evidence")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Task_IsOpenedByWhoLooksAfterTheAccount_OnceForOneWish()
    {
        var key = Guid.NewGuid();
        var body = new { account = Account, kind = "profile", what = "New picture for the open day", link = "https://example.org/p", dueAt = Steps.In(TimeSpan.FromDays(2)) };
        using var holder = fixture.As(Roles.Holder);
        var opened = (await holder.PostAsync("/api/tasks", body, key)).Expect(HttpStatusCode.Created).Json;
        Assert.Equal(opened.ToJsonString(), (await holder.PostAsync("/api/tasks", body, key)).Expect(HttpStatusCode.Created).Json.ToJsonString());
        (await holder.PostAsync("/api/tasks", new { account = Account, kind = "follow", what = "Another" }, key)).ExpectProblem(HttpStatusCode.Conflict, "operation-reused");
        Assert.Contains((await _comms.GetAsync($"/api/tasks?open=true&account={Uri.EscapeDataString(Account)}")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray(), t => t!.Text("id") == opened.Text("id"));

        // Corporate accounts' are Comms' alone (3.1).
        var corporate = (await _comms.GetAsync("/api/accounts?kind=corporate")).Expect(HttpStatusCode.OK).Json["items"]![0]!.Text("key");
        var refused = (await holder.PostAsync("/api/tasks", new { account = corporate, kind = "follow", what = "Follow the council" })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        Assert.Contains("3.1", refused.Detail, StringComparison.Ordinal);
        var theirs = (await _comms.PostAsync("/api/tasks", new { account = corporate, kind = "follow", what = "Follow the council" })).Expect(HttpStatusCode.Created).Json.Text("id");
        (await holder.PostAsync($"/api/tasks/{theirs}/done", new { note = "Done" })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await _comms.PostAsync($"/api/tasks/{theirs}/done", new { note = "Done" })).Expect(HttpStatusCode.OK);
        (await holder.PostAsync($"/api/tasks/{opened.Text("id")}/done", new { note = "Done" })).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"account":"x/demo_wmfs_fallings_park","kind":"dance","what":"w"}""", HttpStatusCode.UnprocessableEntity, "kind-unknown")]
    [InlineData("""{"account":"nowhere","kind":"other","what":"w"}""", HttpStatusCode.UnprocessableEntity, "account-unknown")]
    [InlineData("""{"account":"x/nobody_at_all","kind":"other","what":"w"}""", HttpStatusCode.NotFound, "account-unknown")]
    [InlineData("""{"account":"x/demo_wmfs_fallings_park","kind":"other"}""", HttpStatusCode.UnprocessableEntity, "words-missing")]
    [InlineData("""{"account":"x/demo_wmfs_fallings_park","kind":"other","what":"w","link":"javascript:1"}""", HttpStatusCode.UnprocessableEntity, "link-invalid")]
    [InlineData("""{"account":"x/demo_wmfs_fallings_park","kind":"other","what":"w","dueAt":"tomorrow"}""", HttpStatusCode.UnprocessableEntity, "time-not-understood")]
    public async Task Task_IsRefused_AndNothingIsOpened(string body, HttpStatusCode status, string code) =>
        (await _comms.PostTextAsync("/api/tasks", body, "application/json")).ExpectProblem(status, code);

    private Task<JsonNode> TaskBecomesAsync(string id, bool open) => Eventually.Becomes(
        async () => (await _comms.GetAsync($"/api/tasks?account={Uri.EscapeDataString(Account)}")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().FirstOrDefault(t => t!.Text("id") == id) ?? new JsonObject(),
        task => task["open"]?.GetValue<bool>() == open,
        $"the task about {id} is open: {open}");
}
