using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Templates that Comms keeps, from which posts are begun.</summary>
public sealed class TemplateTests(ServiceFixture fixture)
{
    private const string Text = "{road} is closed at {place}. {{Thank you.}}";
    private readonly ApiClient _comms = fixture.As(Roles.Officer);

    [Fact]
    public async Task Template_IsSavedChangedListedAndRemoved()
    {
        const string path = "/api/templates/road-test";
        var saved = (await _comms.PutAsync(path, new { name = " Road (test) ", text = Text, hint = " Until it is open " })).Expect(HttpStatusCode.OK).Json;
        Golden.Match("template", saved);
        Assert.Equal(("Road (test)", Text, "Until it is open"), (saved.Text("name"), saved.Text("text"), saved.Text("hint")));
        Assert.Equal(["road", "place"], saved["fields"]!.AsArray().Select(f => f!.GetValue<string>()));
        Assert.Equal(saved.ToJsonString(), (await _comms.GetAsync(path)).Expect(HttpStatusCode.OK).Json.ToJsonString());
        using var holder = fixture.As(Roles.Holder);
        Assert.Contains((await holder.GetAsync("/api/templates")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray(), t => t!.Text("id") == "road-test");

        // A repeat is the same; who did not read it does not change it.
        Assert.Equal(saved.ToJsonString(), (await _comms.PutAsync(path, new { name = "Road (test)", text = Text, hint = "Until it is open" })).Expect(HttpStatusCode.OK).Json.ToJsonString());
        (await _comms.PutAsync(path, new { name = "Road (test)", text = "Other words" })).ExpectProblem(HttpStatusCode.Conflict, "template-changed");
        (await _comms.PutAsync("/api/templates/another-test", new { name = "ROAD (test)", text = "x" })).ExpectProblem(HttpStatusCode.Conflict, "template-name-taken");
        (await _comms.PutAsync("/api/templates/another-test", new { name = "Another", text = "x", version = 1 })).ExpectProblem(HttpStatusCode.NotFound, "template-unknown");

        var changed = (await _comms.PutAsync(path, new { name = "Road (test)", text = "Other words", version = saved["version"]!.GetValue<long>() })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("Other words", 0), (changed.Text("text"), changed["fields"]!.AsArray().Count));
        Assert.Null(changed["hint"]);

        (await _comms.DeleteAsync(path)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "version-missing");
        (await _comms.DeleteAsync($"{path}?version={saved["version"]}")).ExpectProblem(HttpStatusCode.Conflict, "template-changed");
        (await _comms.DeleteAsync($"{path}?version={changed["version"]}")).Expect(HttpStatusCode.NoContent);
        (await _comms.DeleteAsync($"{path}?version={changed["version"]}")).ExpectProblem(HttpStatusCode.NotFound, "template-unknown");
        (await _comms.GetAsync(path)).ExpectProblem(HttpStatusCode.NotFound, "template-unknown");
    }

    [Theory]
    [InlineData("Bad_Id", """{"name":"Bad","text":"x"}""", "template-id-invalid")]
    [InlineData("bad", """{"text":"x"}""", "template-name-invalid")]
    [InlineData("bad", """{"name":"Bad"}""", "text-empty")]
    [InlineData("bad", """{"name":"Bad","text":"At {place"}""", "template-text-invalid")]
    public async Task Template_IsRefused_AndNothingIsSaved(string id, string body, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/templates/" + id) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        (await _comms.SendAsync(request)).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);
        (await _comms.GetAsync("/api/templates/" + id)).ExpectProblem(HttpStatusCode.NotFound, "template-unknown");
    }

    [Fact]
    public async Task TooLong_IsRefused()
    {
        (await _comms.PutAsync("/api/templates/long", new { name = "Long", text = new string('a', 5001) })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "text-too-long");
        (await _comms.PutAsync("/api/templates/long", new { name = "Long", text = "x", hint = new string('a', 201) })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "template-hint-too-long");
    }
}
