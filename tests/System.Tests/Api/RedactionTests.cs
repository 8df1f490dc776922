using System.IO.Compression;
using Coordination.Storage.Embedded;
using Coordination.SystemTests.Support;
using Npgsql;

namespace Coordination.SystemTests.Api;

/// <summary>What a post said is erased by two, in the whole product: gone from every column of every table, and the record still holds.</summary>
public sealed class RedactionTests(ServiceFixture fixture)
{
    private const string Account = "x/demo_wmfs_kings_norton";

    private readonly ApiClient _manager = fixture.As(Roles.Manager);
    private readonly ApiClient _officer = fixture.As(Roles.Officer);
    private readonly ApiClient _auditor = fixture.As(Roles.Auditor);

    [Fact]
    public async Task Post_IsErasedByTwo_Everywhere_AndTheRecordStillHolds()
    {
        var secret = $"Ambrosius Quill {Guid.NewGuid():N} was seen";
        var id = (await _manager.PostAsync($"/api/accounts/{Account}/posts", new { text = secret })).Expect(HttpStatusCode.Created).Json.Text("id");
        await _manager.PostBecomesAsync(id, "published");
        Assert.NotEmpty(await WhereAsync(secret));
        var wish = new { postId = id, ground = "erasure", reason = "Case 12 of the data protection officer" };
        (await _manager.PostAsync("/api/redactions", wish)).ExpectProblem(HttpStatusCode.Conflict, "post-is-out");
        (await _officer.PostAsync($"/api/posts/{id}/remove", new { reason = $"{secret} asked" })).Expect(HttpStatusCode.OK);
        await _manager.PostBecomesAsync(id, "removed");

        (await _manager.PostAsync("/api/redactions", new { postId = id, ground = "because", reason = wish.reason })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "redaction-ground-unknown");
        (await _manager.PostAsync("/api/redactions", new { ground = "erasure", reason = wish.reason })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "redaction-target-missing");
        (await _manager.PostAsync("/api/redactions", new { postId = Guid.NewGuid(), ground = "erasure", reason = wish.reason })).ExpectProblem(HttpStatusCode.NotFound, "post-unknown");
        var redaction = (await _manager.PostAsync("/api/redactions", wish)).Expect(HttpStatusCode.Created).Json.Text("id");
        (await _manager.PostAsync("/api/redactions", wish)).ExpectProblem(HttpStatusCode.Conflict, "redaction-asked");
        (await _manager.PostAsync($"/api/redactions/{redaction}/confirm", new { })).ExpectProblem(HttpStatusCode.Forbidden, "redaction-needs-second");
        Assert.NotEmpty(await WhereAsync(secret));

        var key = Guid.NewGuid();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var erased = (await _officer.PostAsync($"/api/redactions/{redaction}/confirm", new { }, key)).Expect(HttpStatusCode.OK).Json;
            Assert.Equal(("erased", id, Account, "Sam Demo"), (erased.Text("state"), erased.Text("postId"), erased.Text("account"), erased.Text("decidedByName")));
            Assert.True(erased["entries"]!.GetValue<int>() >= 3, erased.ToJsonString());
        }

        Assert.Empty(await WhereAsync(secret));
        var post = (await _manager.GetAsync($"/api/posts/{id}")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(($"[erased: {redaction}]", "removed"), (post.Text("text"), post.Text("state")));
        var life = (await _manager.GetAsync($"/api/posts/{id}/life")).Expect(HttpStatusCode.OK);
        Assert.Contains("post-redacted", life.Text, StringComparison.Ordinal);

        // The journal says by which redaction, and the redaction says by whom, when and why.
        var entries = (await _auditor.GetAsync($"/api/journal?account={Account}&limit=100")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        var gone = entries.Where(e => e!["redaction"]?.GetValue<string>() == redaction).ToArray();
        Assert.Contains(gone, e => e!.Text("event") is "post-scheduled" && e!["payload"] is null && e!.Text("sentence").EndsWith($"What it said was erased by the redaction {redaction}; its hash stays.", StringComparison.Ordinal));
        Assert.Equal(wish.reason, (await _auditor.GetAsync($"/api/redactions/{redaction}")).Expect(HttpStatusCode.OK).Json.Text("reason"));
        Assert.Contains(redaction, (await _auditor.GetAsync("/api/redactions")).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);

        // All that is recomputed agrees for this account, and the account goes on.
        var report = (await _auditor.PostAsync("/api/verify", new { })).Expect(HttpStatusCode.OK).Json;
        Assert.DoesNotContain(Account, report.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(0, report["checks"]!.AsArray().Single(c => c!.Text("name") is "redactions")!["found"]!.GetValue<int>());
        await _manager.ScheduleAsync(Account);

        // What is asked for under the right of access still leaves, and says that content is gone.
        var export = await ExportAsync($"/api/journal/export?account={Account}&reason=Subject%20access%2012&format=jsonl");
        Assert.Contains($"\"redaction\":\"{redaction}\"", export, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, export, StringComparison.Ordinal);
        Assert.Contains(redaction, await ExportAsync("/api/journal/export?person=sam-demo&reason=Subject%20access%2013&format=jsonl"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redaction_IsDeclined_AndTakenBack()
    {
        var id = (await _manager.ScheduleAsync(Account)).Text("id");
        var wish = new { postId = id, ground = "excessive", reason = "Case 13 of the data protection officer" };
        (await _manager.PostAsync("/api/redactions", wish)).ExpectProblem(HttpStatusCode.Conflict, "post-not-finished");
        (await _manager.PostAsync($"/api/posts/{id}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);

        // Kept for a court, nothing of it is erased.
        (await _manager.PostAsync("/api/retention/keeps", new { kind = "account", key = Account, reason = "Inquest 4" })).Expect(HttpStatusCode.NoContent);
        (await _manager.PostAsync("/api/redactions", wish)).ExpectProblem(HttpStatusCode.Conflict, "kept");
        (await _manager.PostAsync("/api/retention/keeps/end", new { kind = "account", key = Account, reason = "It is over" })).Expect(HttpStatusCode.NoContent);

        foreach (var (who, words) in new[] { (_officer, "It is evidence"), (_manager, "Asked by mistake") })
        {
            var redaction = (await _manager.PostAsync("/api/redactions", wish)).Expect(HttpStatusCode.Created).Json.Text("id");
            (await who.PostAsync($"/api/redactions/{redaction}/decline", new { reason = "" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-missing");
            Assert.Equal(words, (await who.PostAsync($"/api/redactions/{redaction}/decline", new { reason = words })).Expect(HttpStatusCode.OK).Json.Text("words"));
            (await _officer.PostAsync($"/api/redactions/{redaction}/confirm", new { })).ExpectProblem(HttpStatusCode.Conflict, "redaction-over");
        }

        Assert.Equal("Check your smoke alarm today.", (await _manager.GetAsync($"/api/posts/{id}")).Json.Text("text"));
        (await _officer.PostAsync("/api/redactions/nothing/confirm", new { })).ExpectProblem(HttpStatusCode.NotFound, "redaction-unknown");
        (await _manager.PostAsync("/api/redactions", new { stream = "account/" + Account, number = 1, ground = "erasure", reason = wish.reason })).ExpectProblem(HttpStatusCode.Conflict, "entry-not-redactable");
    }

    [Fact]
    public async Task Reason_OfAnExport_IsErasedAlone()
    {
        var secret = "Asked by Ambrosius Quill " + Guid.NewGuid().ToString("N");
        await ExportAsync($"/api/journal/export?account={Account}&reason={Uri.EscapeDataString(secret)}&format=jsonl");
        var entry = (await _auditor.GetAsync("/api/journal?event=export-made&limit=100")).Json["items"]!.AsArray().Single(e => e!["reason"]?.GetValue<string>() == secret)!;
        var redaction = (await _manager.PostAsync("/api/redactions", new { stream = entry.Text("stream"), number = 1, ground = "excessive", reason = "Case 14 of the data protection officer" })).Expect(HttpStatusCode.Created).Json.Text("id");
        (await _officer.PostAsync($"/api/redactions/{redaction}/confirm", new { })).Expect(HttpStatusCode.OK);
        Assert.Empty(await WhereAsync(secret));
        (await _auditor.GetAsync("/api/journal/exports")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Retention_IsRead_Set_Counted_AndSwitchedOnByTwoAlone()
    {
        var all = (await _auditor.GetAsync("/api/retention")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal((17, false), (all["categories"]!.AsArray().Count, all["switch"]!["on"]!.GetValue<bool>()));
        var drafts = all["categories"]!.AsArray().Single(c => c!.Text("id") is "drafts")!;
        const string Route = "/api/retention/categories/drafts";
        var version = drafts["version"]!.GetValue<long>();
        (await _manager.PutAsync(Route, new { days = 1, version, reason = "Less" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "retention-bounds");
        (await _manager.PutAsync(Route, new { days = 100, version })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-missing");
        (await _manager.PutAsync(Route, new { reason = "Less" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "retention-days-missing");
        (await _manager.PutAsync("/api/retention/categories/holds", new { days = 100, version = 0, reason = "Less" })).ExpectProblem(HttpStatusCode.Conflict, "retention-fixed");
        (await _manager.PutAsync("/api/retention/categories/nothing", new { days = 100, version = 0, reason = "Less" })).ExpectProblem(HttpStatusCode.NotFound, "retention-unknown");
        Assert.Equal(400, (await _manager.PutAsync(Route, new { days = 400, version, reason = "As the schedule says" })).Expect(HttpStatusCode.OK).Json["days"]!.GetValue<int>());
        (await _manager.PutAsync(Route, new { days = 500, version, reason = "Again" })).ExpectProblem(HttpStatusCode.Conflict, "retention-changed");

        var run = (await _auditor.PostAsync("/api/retention/runs", new { })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal((false, 0), (run["acted"]!.GetValue<bool>(), run["taken"]!.AsObject().Count));
        Assert.Contains("journal", run["due"]!.AsObject().Select(d => d.Key));
        (await _auditor.PostAsync("/api/retention/runs", new { act = true })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await _manager.PostAsync("/api/retention/runs", new { act = true })).ExpectProblem(HttpStatusCode.Conflict, "retention-off");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var asked = (await _manager.PutAsync("/api/retention/switch", new { on = true, reason = "The schedule stands" })).Expect(HttpStatusCode.OK).Json;
            Assert.Equal((false, "Rowan Demo"), (asked["on"]!.GetValue<bool>(), asked.Text("askedByName")));
        }

        (await _manager.PutAsync("/api/retention/switch", new { reason = "Nothing" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "retention-switch-missing");
        Assert.Null((await _manager.PutAsync("/api/retention/switch", new { on = false, reason = "Not yet" })).Expect(HttpStatusCode.OK).Json["askedByName"]);
        (await _manager.PostAsync("/api/retention/keeps", new { kind = "hold", key = "H-000001", reason = "Inquest" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "keep-of-what-missing");
        (await _manager.PostAsync("/api/retention/keeps", new { kind = "incident", key = "nothing", reason = "Inquest" })).ExpectProblem(HttpStatusCode.NotFound, "keep-unknown");
    }

    [Fact]
    public async Task Command_Counts_AndTakesNothingOutWhileThatIsNotSwitchedOn()
    {
        var database = ServiceFile.Read(fixture.Data)!;
        var (code, output, error) = await VerifyTests.RunAsync("retention", database, []);
        Assert.True(code == 0, error);
        Assert.Contains("over their time; people decide", output, StringComparison.Ordinal);
        (code, _, error) = await VerifyTests.RunAsync("retention", database, ["--run"]);
        Assert.Equal(1, code);
        Assert.Contains("takes two people", error, StringComparison.Ordinal);
        Assert.Equal(2, (await VerifyTests.RunAsync("retention", database, ["--everything"])).Code);
        Assert.Equal(2, (await VerifyTests.RunAsync("retention", null, [])).Code);
        Assert.Contains("The operator", (await _auditor.GetAsync("/api/retention")).Text, StringComparison.Ordinal);
    }

    private async Task<string> ExportAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = fixture.Service.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new("Bearer", fixture.Token(Roles.Auditor));
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), null);
        using var file = new MemoryStream(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync());
        await using var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null);
        using var reader = new StreamReader(await zip.GetEntry("entries.jsonl")!.OpenAsync());
        return await reader.ReadToEndAsync();
    }

    // Whatever kind of column it could have got into.
    private async Task<List<string>> WhereAsync(string words)
    {
        await using var source = NpgsqlDataSource.Create(ServiceFile.Read(fixture.Data)!);
        var (tables, found) = (new List<string>(), new List<string>());
        await using (var list = source.CreateCommand("select format('%I', table_name) from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"))
        await using (var reader = await list.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        Assert.Contains("grain_state", tables);
        foreach (var table in tables)
        {
#pragma warning disable CA2100 // The database's own names.
            await using var look = source.CreateCommand($"select exists (select from {table} t where position($1 in t::text) > 0 or position(encode(convert_to($1, 'UTF8'), 'hex') in t::text) > 0)");
#pragma warning restore CA2100
            look.Parameters.Add(new NpgsqlParameter { Value = words });
            if ((bool)(await look.ExecuteScalarAsync())!)
            {
                found.Add(table);
            }
        }

        return found;
    }
}
