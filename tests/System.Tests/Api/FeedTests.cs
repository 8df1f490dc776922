using System.Net.Http.Headers;
using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>The calendar that other programs read: under a secret address, of one's own accounts, until it is taken back.</summary>
public sealed class FeedTests(ServiceFixture fixture) : IDisposable
{
    private const string Account = "x/demo_wmfs_northfield";
    private const string Corporate = "x/demo_wmfs";

    private readonly ApiClient _holder = fixture.As(Roles.Holder);
    private readonly ApiClient _officer = fixture.As(Roles.Officer);
    private readonly HttpClient _program = new() { BaseAddress = fixture.Service.BaseAddress };

    [Fact]
    public async Task Feed_HasOnesOwnPosts_AsTheyStand_AndNothingThatATextCouldBreak()
    {
        var due = TimeProvider.System.GetUtcNow().AddDays(3);
        var text = "Line one\r\nBEGIN:VEVENT\r\nSUMMARY:Not one; of, ours\\n";
        var mine = (await _officer.PostAsync($"/api/accounts/{Account}/posts", new { text, dueAt = due })).Expect(HttpStatusCode.Created).Json.Text("id");
        var theirs = (await _officer.PostAsync($"/api/accounts/{Corporate}/posts", new { text = "We are recruiting.", dueAt = due })).Expect(HttpStatusCode.Created).Json.Text("id");
        var waits = (await _holder.PostAsync($"/api/accounts/{Account}/posts", new { text = "The court case in Aston.", dueAt = due })).Expect(HttpStatusCode.Created).Json.Text("id");

        var (own, all) = (await ReadAsync(await MakeAsync(_holder)), await ReadAsync(await MakeAsync(_officer)));
        Assert.Equal("text/calendar; charset=utf-8", own.Type);
        Assert.StartsWith("BEGIN:VCALENDAR\r\n", own.Text, StringComparison.Ordinal);
        Assert.Equal((true, false, true), (own.Text.Contains(mine, StringComparison.Ordinal), own.Text.Contains(theirs, StringComparison.Ordinal), all.Text.Contains(theirs, StringComparison.Ordinal)));

        var events = Lines(own.Text).Aggregate((Count: 0, Depth: 0), (s, line) => line switch
        {
            "BEGIN:VEVENT" => (s.Count + 1, s.Depth + 1),
            "END:VEVENT" => (s.Count, s.Depth - 1),
            _ => s,
        });
        Assert.Equal((Lines(own.Text).Count(l => l.StartsWith("UID:", StringComparison.Ordinal)), 0), events);
        var one = Of(own.Text, mine);
        Assert.Contains(one, l => l == $"DTSTART:{due.UtcDateTime:yyyyMMdd'T'HHmmss}Z");
        Assert.Contains(one, l => l.StartsWith("SUMMARY:Northfield · X: Scheduled", StringComparison.Ordinal));
        Assert.Contains(one, l => l.StartsWith("DESCRIPTION:Line one", StringComparison.Ordinal) && l.Contains("Not one\\; of\\, ours", StringComparison.Ordinal));
        Assert.Contains(one, l => l.StartsWith("URL", StringComparison.Ordinal) && l.EndsWith("/posts/" + mine, StringComparison.Ordinal));
        Assert.Contains("STATUS:TENTATIVE", Of(own.Text, waits));

        foreach (var id in new[] { mine, theirs, waits })
        {
            (await _officer.PostAsync($"/api/posts/{id}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Address_IsNoToken_AndEndsWithANewOneOrWhenItIsTakenBack()
    {
        var first = await MakeAsync(_officer);
        var second = await MakeAsync(_officer);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), ((await ReadAsync(first)).Status, (await ReadAsync(second)).Status));

        // Its secret opens nothing else, and no other secret opens it.
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/accounts");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", second.Query.Split('=')[1]);
        using var answer = await _program.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(new Uri(second, "/calendar.ics"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(new Uri(second, "/calendar.ics?token=" + new string('a', 5000)))).Status);

        (await _officer.DeleteAsync("/api/calendar/feed")).Expect(HttpStatusCode.NoContent);
        (await _officer.DeleteAsync("/api/calendar/feed")).Expect(HttpStatusCode.NoContent);
        var gone = await ReadAsync(second);
        Assert.Equal(HttpStatusCode.NotFound, gone.Status);
        Assert.Contains("Make a new one", gone.Text, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _holder.Dispose();
        _officer.Dispose();
        _program.Dispose();
    }

    private static async Task<Uri> MakeAsync(ApiClient client) => new((await client.PostAsync("/api/calendar/feed")).Expect(HttpStatusCode.Created).Json.Text("address"));

    private async Task<(HttpStatusCode Status, string? Type, string Text)> ReadAsync(Uri address)
    {
        using var answer = await _program.GetAsync(address.PathAndQuery);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), await answer.Content.ReadAsStringAsync());
    }

    // Long lines are folded: a line that begins with a space goes on with the one before it.
    private static string[] Lines(string file) => file.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private static string[] Of(string file, string post)
    {
        var lines = Lines(file);
        var uid = Array.FindIndex(lines, l => l.StartsWith("UID:" + post, StringComparison.Ordinal));
        var begin = Array.FindLastIndex(lines, uid, l => l == "BEGIN:VEVENT");
        return lines[begin..Array.FindIndex(lines, uid, l => l == "END:VEVENT")];
    }
}
