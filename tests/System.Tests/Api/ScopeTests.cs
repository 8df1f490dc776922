using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Scopes that Comms keeps under names, and holds that are placed by them.</summary>
public sealed class ScopeTests(ServiceFixture fixture)
{
    private static readonly string[] Accounts = ["x/demo_wmfs_sheldon", "facebook/demo_wmfs_sheldon"];
    private readonly ApiClient _comms = fixture.As(Roles.Officer);

    [Fact]
    public async Task Scope_IsSavedChangedListedAndRemoved()
    {
        const string path = "/api/scopes/sheldon-test";
        var saved = (await _comms.PutAsync(path, new { name = "Sheldon (test)", scope = new { accounts = Accounts } })).Expect(HttpStatusCode.OK).Json;
        Golden.Match("scope", saved);
        Assert.Equal(2, saved["covered"]!.GetValue<int>());
        Assert.Equal(saved.ToJsonString(), (await _comms.GetAsync(path)).Expect(HttpStatusCode.OK).Json.ToJsonString());
        Assert.Contains((await _comms.GetAsync("/api/scopes")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray(), s => s!.Text("id") == "sheldon-test");

        // A repeat is the same; who did not read it does not change it.
        Assert.Equal(saved.ToJsonString(), (await _comms.PutAsync(path, new { name = "Sheldon (test)", scope = new { accounts = Accounts } })).Expect(HttpStatusCode.OK).Json.ToJsonString());
        (await _comms.PutAsync(path, new { name = "Sheldon (test)", scope = new { all = true } })).ExpectProblem(HttpStatusCode.Conflict, "scope-changed");
        (await _comms.PutAsync("/api/scopes/another-test", new { name = "SHELDON (test)", scope = new { all = true } })).ExpectProblem(HttpStatusCode.Conflict, "scope-name-taken");
        (await _comms.PutAsync("/api/scopes/another-test", new { name = "Another", scope = new { all = true }, version = 1 })).ExpectProblem(HttpStatusCode.NotFound, "scope-unknown");

        var changed = (await _comms.PutAsync(path, new { name = "Sheldon (test)", scope = new { stations = new[] { "sheldon" } }, version = saved["version"]!.GetValue<long>() })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("sheldon", changed["scope"]!["stations"]![0]!.GetValue<string>());

        (await _comms.DeleteAsync(path)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "version-missing");
        (await _comms.DeleteAsync($"{path}?version={saved["version"]}")).ExpectProblem(HttpStatusCode.Conflict, "scope-changed");
        (await _comms.DeleteAsync($"{path}?version={changed["version"]}")).Expect(HttpStatusCode.NoContent);
        (await _comms.DeleteAsync($"{path}?version={changed["version"]}")).ExpectProblem(HttpStatusCode.NotFound, "scope-unknown");
        (await _comms.GetAsync(path)).ExpectProblem(HttpStatusCode.NotFound, "scope-unknown");
    }

    [Theory]
    [InlineData("Bad_Id", """{"name":"Bad","scope":{"all":true}}""", "scope-id-invalid")]
    [InlineData("bad", """{"scope":{"all":true}}""", "scope-name-invalid")]
    [InlineData("bad", """{"name":"Bad"}""", "scope-empty")]
    [InlineData("bad", """{"name":"Bad","scope":{"areas":[null]}}""", "label-unknown")]
    [InlineData("bad", """{"name":"Bad","scope":{"areas":["atlantis"]}}""", "label-unknown")]
    [InlineData("bad", """{"name":"Bad","scope":{"accounts":["x/nobody_at_all"]}}""", "label-unknown")]
    public async Task Scope_IsRefused_AndNothingIsSaved(string id, string body, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/scopes/" + id) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        var answer = (await _comms.SendAsync(request)).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);

        Assert.Contains("Nothing was saved.", answer.Detail, StringComparison.Ordinal);
        (await _comms.GetAsync("/api/scopes/" + id)).ExpectProblem(HttpStatusCode.NotFound, "scope-unknown");
    }

    [Fact]
    public async Task Hold_KeepsTheNameItWasChosenBy_AndWhatItCovers_WhateverBecomesOfTheSavedScope()
    {
        const string path = "/api/scopes/held-test";
        var saved = (await _comms.PutAsync(path, new { name = "Held (test)", scope = new { accounts = Accounts[..1] } })).Expect(HttpStatusCode.OK).Json;
        var hold = (await _comms.PostAsync("/api/holds", new { kind = "freeze", scope = saved["scope"], reason = "A test needs it" })).Expect(HttpStatusCode.Created).Json;
        Assert.Equal(1, hold["covered"]!.GetValue<int>());

        var changed = (await _comms.PutAsync(path, new { name = "Held (test)", scope = new { stations = new[] { "sheldon" } }, version = saved["version"]!.GetValue<long>() })).Expect(HttpStatusCode.OK).Json;
        (await _comms.DeleteAsync($"{path}?version={changed["version"]}")).Expect(HttpStatusCode.NoContent);

        var after = (await _comms.GetAsync($"/api/holds/{hold.Text("id")}")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(saved["scope"]!.ToJsonString(), after["scope"]!.ToJsonString());
        Assert.Equal("Held (test)", after["scope"]!.Text("name"));
        Assert.Equal(1, after["covered"]!.GetValue<int>());
        using var manager = fixture.As(Roles.Manager);
        (await manager.PostAsync($"/api/holds/{hold.Text("id")}/lift", new { reason = "All clear" })).Expect(HttpStatusCode.OK);
    }
}
