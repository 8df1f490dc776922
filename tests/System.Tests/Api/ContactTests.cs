using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>The contacts of accounts over the API: asked by Comms, confirmed by whoever is asked.</summary>
[Collection(ChangingService.Collection)]
public sealed class ContactTests(ChangingService service)
{
    private const string Handle = "demo_wmfs_foleshill", Account = "x/" + Handle, Path = "/api/accounts/" + Account + "/contact";

    private readonly ApiClient _comms = service.Fixture.As(Roles.Officer);

    [Fact]
    public async Task Contact_StaysUntilTheOneWhoIsAsked_Confirms()
    {
        var former = await NameAsync();
        Assert.Equal("unconfirmed", await StandingAsync());
        var ask = new { staffId = "alex-demo", email = "alex@demo.example", reason = "New at the station" };
        var asked = (await _comms.PostAsync(Path + "/ask", ask)).Expect(HttpStatusCode.OK).Json;
        Golden.Match("contact-ask", asked);
        (await _comms.PostAsync(Path + "/ask", ask)).Expect(HttpStatusCode.OK);
        Assert.Equal(("asked", former), (await StandingAsync(), await NameAsync()));

        // Nobody else says yes for them.
        using var holder = service.Fixture.As(Roles.Holder);
        (await _comms.PostAsync(Path + "/answer", new { yes = true })).ExpectProblem(HttpStatusCode.Forbidden, "contact-not-yours");
        (await holder.PostAsync(Path + "/answer", new { yes = false })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-missing");
        (await holder.PostAsync(Path + "/answer", new { })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "answer-missing");
        Assert.Contains((await holder.GetAsync("/api/contacts/mine")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray(), a => a!.Text("account") == Account);
        Assert.Equal(former, await NameAsync());

        (await holder.PostAsync(Path + "/answer", new { yes = true })).Expect(HttpStatusCode.OK);
        (await holder.PostAsync(Path + "/answer", new { yes = true })).Expect(HttpStatusCode.OK);
        Assert.Equal(("confirmed", "Alex Demo"), (await StandingAsync(), await NameAsync()));
        (await _comms.PostAsync(Path + "/withdraw", new { reason = "Late" })).ExpectProblem(HttpStatusCode.Conflict, "contact-not-asked");
        Assert.Empty((await holder.GetAsync("/api/contacts/mine")).Json["items"]!.AsArray());

        // A contact who is active no more is one to settle.
        using var manager = service.Fixture.As(Roles.Manager);
        var alex = (await manager.GetAsync("/api/staff/alex-demo")).Json;
        var ended = (await manager.PutAsync("/api/staff/alex-demo", new { name = "Alex Demo", role = "account-holder", publishesOn = new { kinds = new[] { "local" } }, active = false, reason = "Left", version = alex["version"]!.GetValue<long>() })).Expect(HttpStatusCode.OK).Json;
        try
        {
            Assert.Equal("ended", await StandingAsync());
            (await _comms.PostAsync(Path + "/ask", new { ask.staffId, phone = "0121 496 0003", reason = "Again" })).ExpectProblem(HttpStatusCode.Conflict, "contact-gone");
        }
        finally
        {
            (await manager.PutAsync("/api/staff/alex-demo", new { name = "Alex Demo", role = "account-holder", publishesOn = new { kinds = new[] { "local" } }, reason = "Came back", version = ended["version"]!.GetValue<long>() })).Expect(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Question_IsRefused_AndTakenBack()
    {
        const string path = "/api/accounts/x/demo_wmfs_binley/contact";
        (await _comms.PostAsync(path + "/withdraw", new { reason = "Why" })).ExpectProblem(HttpStatusCode.NotFound, "contact-not-asked");
        (await _comms.PostAsync(path + "/ask", new { staffId = "nobody-at-all", email = "a@demo.example", reason = "Why" })).ExpectProblem(HttpStatusCode.NotFound, "staff-unknown");
        (await _comms.PostAsync(path + "/ask", new { staffId = "jo-demo", reason = "Why" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "contact-invalid");
        (await _comms.PostAsync(path + "/ask", new { staffId = "jo-demo", email = "no", reason = "Why" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "contact-invalid");
        (await _comms.PostAsync(path + "/ask", new { staffId = "jo-demo", email = "jo@demo.example" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-missing");
        (await _comms.PostAsync("/api/accounts/x/nobody_at_all/contact/ask", new { staffId = "jo-demo", email = "jo@demo.example", reason = "Why" })).ExpectProblem(HttpStatusCode.NotFound, "account-unknown");
        (await _comms.GetAsync("/api/contacts?standing=lost")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "standing-unknown");

        (await _comms.PostAsync(path + "/ask", new { staffId = "jo-demo", email = "jo@demo.example", reason = "Why" })).Expect(HttpStatusCode.OK);
        Assert.Equal("withdrawn", (await _comms.PostAsync(path + "/withdraw", new { reason = "The wrong one" })).Expect(HttpStatusCode.OK).Json.Text("answer"));
    }

    private async Task<string> StandingAsync() =>
        (await _comms.GetAsync("/api/contacts")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Single(c => c!.Text("account") == Account)!.Text("standing");

    private async Task<string> NameAsync() => (await _comms.GetAsync("/api/accounts/" + Account)).Json["contact"]!.Text("name");
}
