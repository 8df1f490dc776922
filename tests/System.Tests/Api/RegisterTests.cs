using System.Text;
using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>A register file becomes accounts: all of its rows, or none of them.</summary>
[Collection(ChangingService.Collection)]
public sealed class RegisterTests(ChangingService service)
{
    private readonly ApiClient _comms = service.Fixture.As(Roles.Officer);

    [Fact]
    public async Task Import_RegistersChangesAndLeaves_RowByRow()
    {
        var (first, second) = (Register.Handle("one"), Register.Handle("two"));
        var import = (await _comms.ImportAsync([Register.Row(first), Register.Row(second)])).Expect(HttpStatusCode.OK).Json;
        Golden.Match("import", import);
        Assert.Equal([2, 0, 0, 0], import.Counts());
        Assert.Equal("registered", import.Of("x/" + first).Text("result"));

        var account = (await _comms.GetAsync("/api/accounts/x/" + first)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("coventry", account.Text("area"));
        Assert.Equal("Alex Example", account["contact"]!.Text("name"));

        // Approved by Comms' import, and not connected yet: that needs somebody.
        Assert.Equal("attention", account.Text("state"));
        (await _comms.PostAsync($"/api/accounts/x/{first}/posts", new { text = "Too early." })).ExpectProblem(HttpStatusCode.Conflict, "account-not-connected");

        var again = (await _comms.ImportAsync([Register.Row(first, station: "canley", name: "Renamed", email: "kim@example.org"), Register.Row(second)])).Expect(HttpStatusCode.OK).Json;
        Assert.Equal([0, 1, 1, 0], again.Counts());
        var changed = again.Of("x/" + first);
        Golden.Match("import-changed", changed);
        Assert.Equal(["labels", "contact", "name"], changed["changes"]!.AsArray().Select(c => c!.GetValue<string>()));
        account = (await _comms.GetAsync("/api/accounts/x/" + first)).Json;
        Assert.Equal(("canley", "Renamed", "kim@example.org"), (account.Text("station"), account.Text("displayName"), account["contact"]!.Text("email")));
    }

    [Fact]
    public async Task Import_ChangesNothing_ForWhoMayNot()
    {
        var handle = Register.Handle("deed");
        (await _comms.ImportAsync([Register.Row(handle)])).Expect(HttpStatusCode.OK);
        using var holder = service.Fixture.As(Roles.Holder);
        (await holder.ImportAsync([Register.Row(handle, name: "Mine now")])).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await holder.ImportAsync([Register.Row(handle, name: "Mine now")], check: true)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(1, (await _comms.GetAsync("/api/accounts/x/" + handle)).Json["version"]!.GetValue<long>());
    }

    [Fact]
    public async Task Import_NamesEveryFaultByItsLine_AndImportsNothing()
    {
        var good = Register.Handle("good");
        string[] rows = [Register.Row(good), Register.Row("bad one"), Register.Row(Register.Handle("b"), station: "atlantis"), Register.Row(Register.Handle("c"), email: "nobody")];
        var answer = (await _comms.ImportAsync(rows)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "register-invalid");
        Golden.Match("import-invalid", answer.Json);
        var faults = answer.Json["faults"]!.AsArray();
        Assert.Equal([3, 4, 5], faults.Select(f => f!["line"]!.GetValue<int>()));
        Assert.Equal(["handle", "station", "contact_email"], faults.Select(f => f!.Text("column")));
        Assert.StartsWith("line 4: station 'atlantis' is not known", faults[1]!.Text("words"), StringComparison.Ordinal);
        Assert.Contains("nothing was imported", answer.Detail, StringComparison.Ordinal);
        (await _comms.GetAsync("/api/accounts/x/" + good)).ExpectProblem(HttpStatusCode.NotFound, "account-unknown");
        (await _comms.ImportAsync(rows, check: true)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "register-invalid");
    }

    [Fact]
    public async Task Check_SaysWhatTheImportWouldDo_AndDoesNothing()
    {
        var (known, fresh) = (Register.Handle("known"), Register.Handle("fresh"));
        (await _comms.ImportAsync([Register.Row(known)])).Expect(HttpStatusCode.OK);
        string[] rows = [Register.Row(known, email: "kim@example.org"), Register.Row(fresh)];
        var check = (await _comms.ImportAsync(rows, check: true)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal([1, 1, 0, 0], check.Counts());
        (await _comms.GetAsync("/api/accounts/x/" + fresh)).ExpectProblem(HttpStatusCode.NotFound, "account-unknown");
        Assert.Equal("alex@example.org", (await _comms.GetAsync("/api/accounts/x/" + known)).Json["contact"]!.Text("email"));

        var done = (await _comms.ImportAsync(rows)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(check.Counts(), done.Counts());
        Assert.Equal(check["items"]!.ToJsonString(), done["items"]!.ToJsonString());
        var after = (await _comms.ImportAsync(rows, check: true)).Json;
        Assert.Equal([0, 0, 2, 0], after.Counts());
    }

    [Fact]
    public async Task Repeat_AnswersWhatTheFirstDid_AndAnotherFileUnderItsKeyIsRefused()
    {
        var (known, fresh, key) = (Register.Handle("known"), Register.Handle("fresh"), Guid.NewGuid());
        (await _comms.ImportAsync([Register.Row(known)])).Expect(HttpStatusCode.OK);
        string[] rows = [Register.Row(known, name: "Renamed"), Register.Row(fresh)];
        var first = (await _comms.ImportAsync(rows, key)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal([1, 1, 0, 0], first.Counts());
        Assert.Equal(key.ToString("D"), first.Text("operationId"));
        Assert.Equal(first.ToJsonString(), (await _comms.ImportAsync(rows, key)).Expect(HttpStatusCode.OK).Json.ToJsonString());

        // Somebody changed it meanwhile: a late repeat does not take that back.
        (await _comms.PostAsync($"/api/accounts/x/{known}/contact", new { name = "Kim Example", phone = "0121 496 0002" })).Expect(HttpStatusCode.OK);
        (await _comms.ImportAsync(rows, key)).Expect(HttpStatusCode.OK);
        Assert.Equal("Renamed", (await _comms.GetAsync("/api/accounts/x/" + known)).Json.Text("displayName"));

        var other = Register.Handle("other");
        (await _comms.ImportAsync([Register.Row(other)], key)).ExpectProblem(HttpStatusCode.Conflict, "operation-reused");
        (await _comms.GetAsync("/api/accounts/x/" + other)).ExpectProblem(HttpStatusCode.NotFound, "account-unknown");
    }

    [Fact]
    public async Task Relabel_OutOfAStandingHold_IsRefusedForItsRow_AndTheOthersStand()
    {
        var (moving, staying) = (Register.Handle("moving"), Register.Handle("staying"));
        (await _comms.ImportAsync([Register.Row(moving), Register.Row(staying)])).Expect(HttpStatusCode.OK);
        var hold = (await _comms.PostAsync("/api/holds", new { kind = "freeze", scope = new { stations = new[] { "binley" } }, reason = "A test needs it" })).Expect(HttpStatusCode.Created).Json;
        using var manager = service.Fixture.As(Roles.Manager);
        try
        {
            string[] rows = [Register.Row(moving, station: "canley", email: "kim@example.org"), Register.Row(staying, email: "kim@example.org")];
            foreach (var check in new[] { true, false })
            {
                var import = (await _comms.ImportAsync(rows, check: check)).Expect(HttpStatusCode.OK).Json;
                Assert.Equal([0, 1, 0, 1], import.Counts());
                var row = import.Of("x/" + moving);
                Golden.Match("import-refused", row);
                Assert.Equal("relabel-leaves-hold", row.Text("code"));
                Assert.Contains(hold.Text("id"), row.Text("reason"), StringComparison.Ordinal);
            }

            // Nothing of the refused row was taken, not even what nothing stood against.
            Assert.Equal("alex@example.org", (await _comms.GetAsync("/api/accounts/x/" + moving)).Json["contact"]!.Text("email"));
            Assert.Equal("kim@example.org", (await _comms.GetAsync("/api/accounts/x/" + staying)).Json["contact"]!.Text("email"));
        }
        finally
        {
            await manager.LiftAsync(hold);
        }
    }

    [Fact]
    public async Task Retired_StaysRetired_WhateverTheRegisterSays()
    {
        var handle = Register.Handle("gone");
        (await _comms.ImportAsync([Register.Row(handle)])).Expect(HttpStatusCode.OK);
        (await _comms.PostAsync($"/api/accounts/x/{handle}/retire", new { reason = "The station closed." })).Expect(HttpStatusCode.OK);
        var import = (await _comms.ImportAsync([Register.Row(handle)])).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("account-retired", import.Of("x/" + handle).Text("code"));
        Assert.Equal("retired", (await _comms.GetAsync("/api/accounts/x/" + handle)).Json.Text("state"));
    }

    [Fact]
    public async Task File_IsRefused_WhenItIsTooLargeOrNoRegister()
    {
        var large = (await _comms.PostBytesAsync("/api/accounts/import", new byte[(1024 * 1024) + 1], "text/csv")).ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        Assert.Contains("1 MB", large.Detail, StringComparison.Ordinal);
        (await _comms.PostAsync("/api/accounts/import", new { })).ExpectProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        (await _comms.PostBytesAsync("/api/accounts/import", [], "text/csv")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "register-invalid");
        (await _comms.PostBytesAsync("/api/accounts/import", Encoding.Latin1.GetBytes(Register.Header + "\né"), "text/csv")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "register-invalid");
        (await _comms.PostTextAsync("/api/accounts/import?check=perhaps", Register.Header, "text/csv")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "filter-unknown");
    }

    [Fact]
    public async Task ManyRows_AreRegistered_FromOneFileOfNearlyAMegabyte()
    {
        var mark = Guid.NewGuid().ToString("N")[..8];
        string[] rows = [.. Enumerable.Range(0, 1500).Select(i => Register.Row($"bulk_{mark}_{i}", name: "Station " + new string('a', 150)))];
        var import = (await _comms.ImportAsync(rows)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal([1500, 0, 0, 0], import.Counts());
        Assert.Equal(Enumerable.Range(0, 1500).Select(i => $"x/bulk_{mark}_{i}"), import["items"]!.AsArray().Select(item => item!.Text("account")));
    }

    [Fact]
    public async Task Freeze_OnAnAccountThatWasJustImported_Takes()
    {
        // The board may not have heard of it yet; the database has.
        for (var i = 0; i < 5; i++)
        {
            var handle = Register.Handle("brand_new");
            (await _comms.ImportAsync([Register.Row(handle)])).Expect(HttpStatusCode.OK);
            var hold = await _comms.HoldAsync("freeze", "x/" + handle);
            Assert.Equal(1, hold["covered"]!.GetValue<int>());
            using var manager = service.Fixture.As(Roles.Manager);
            await manager.LiftAsync(hold);
        }
    }
}
