using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>The rules about incidents over the API: drafted by one, activated by another, in force at once.</summary>
public sealed class RuleBookTests(ServiceFixture fixture)
{
    private const string Rules = "/api/incidents/rules", Draft = Rules + "/draft";
    private readonly ApiClient _manager = fixture.As(Roles.Manager);
    private readonly ApiClient _officer = fixture.As(Roles.Officer);

    [Fact]
    public async Task Rules_AreChangedByTwo_CountAtOnce_AndCanGoBack()
    {
        var before = (await _manager.GetAsync(Rules)).Expect(HttpStatusCode.OK).Json["current"]!;
        var version = before["version"]!.GetValue<int>();
        var rules = before["rules"]!.AsArray().DeepClone().AsArray();

        // Whoever writes by hand may write the fields in any order.
        rules.Add(JsonNode.Parse($$"""
            {
              "id": "silo-fire", "name": "a fire in a silo", "priority": 90, "owner": "Comms", "reason": "The test needs it", "reviewBy": "2027-06-30", "coolDownMinutes": 10, "enabled": true,
              "when": { "words": ["grain silo"], "kind": "type" },
              "then": { "mode": "propose", "vetoSeconds": 600, "kind": "centralCoordination", "scope": { "reach": "incident-area" }, "namedPosters": [] }
            }
            """));
        await ChangeAsync(rules, "A rule for silos");
        var number = Reports.Number();
        using var control = fixture.As(Roles.FireControl);
        var proposed = (await control.ReportAsync(Reports.Of(number, type: "Grain silo fire"))).Expect(HttpStatusCode.Accepted).Json["takeovers"]![0]!;
        Assert.Equal(("silo-fire", version + 1), (proposed.Text("rule"), proposed["ruleVersion"]!.GetValue<int>()));
        (await _manager.PostAsync($"/api/takeovers/{proposed.Text("id")}/veto", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);

        // Going back is a change as any other.
        await ChangeAsync(before["rules"]!.AsArray().DeepClone().AsArray(), "Back to what was");
        Assert.Equal(before["words"]!.ToJsonString(), (await _manager.GetAsync(Rules)).Json["current"]!["words"]!.ToJsonString());
        var versions = (await _manager.GetAsync(Rules + "/versions")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        Golden.Match("rule-book-version", versions[0]!);
        Assert.Equal(version + 2, versions[0]!["version"]!.GetValue<int>());
        Assert.Equal(rules.Count, (await _manager.GetAsync($"{Rules}/versions/{version + 1}")).Expect(HttpStatusCode.OK).Json["rules"]!.AsArray().Count);
        (await _manager.GetAsync($"{Rules}/versions/{version + 9}")).ExpectProblem(HttpStatusCode.NotFound, "rules-version-unknown");
    }

    [Fact]
    public async Task BadDraft_IsKept_AndNeverComesIntoForce()
    {
        (await _manager.PutAsync(Draft, new { rules = Array.Empty<object>() })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "revision-missing");
        (await _manager.PutAsync(Draft, new { revision = 0 })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "rules-malformed");
        (await _manager.PutAsync(Draft, new { revision = 0, rules = new[] { new { id = "a" } } })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "rules-malformed");
        var rules = (await _manager.GetAsync(Rules)).Json["current"]!["rules"]!.AsArray().DeepClone().AsArray();
        rules[0]!["reason"] = "";
        rules[1]!["then"]!["namedPosters"] = new JsonArray("nobody-at-all");
        var kept = (await _manager.PutAsync(Draft, new { revision = 0, rules })).Expect(HttpStatusCode.OK).Json["draft"]!;
        try
        {
            Assert.NotEmpty(kept["faults"]!.AsArray());
            Assert.Empty(kept["changes"]!.AsArray());
            var refused = (await _manager.PostAsync(Draft + "/ask", new { revision = 1, reason = "Look" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "rules-invalid");
            Assert.NotEmpty(refused.Json["faults"]!.AsArray());
            rules[0]!["reason"] = "There is one";
            (await _manager.PutAsync(Draft, new { revision = 0, rules })).ExpectProblem(HttpStatusCode.Conflict, "draft-changed");
            kept = (await _manager.PutAsync(Draft, new { revision = 1, rules })).Expect(HttpStatusCode.OK).Json["draft"]!;
            Assert.Contains("nobody-at-all", kept["faults"]![0]!.Text("what"), StringComparison.Ordinal);
        }
        finally
        {
            (await _manager.PostAsync(Draft + "/discard", new { revision = kept["revision"]!.GetValue<int>() })).Expect(HttpStatusCode.OK);
        }

        (await _manager.PostAsync(Draft + "/discard", new { revision = 1 })).ExpectProblem(HttpStatusCode.Conflict, "draft-unknown");
    }

    private async Task ChangeAsync(JsonArray rules, string why)
    {
        var kept = (await _manager.PutAsync(Draft, new { revision = 0, rules })).Expect(HttpStatusCode.OK).Json;
        Assert.NotEmpty(kept["draft"]!["changes"]!.AsArray());
        (await _manager.PostAsync(Draft + "/ask", new { revision = 1 })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-missing");
        (await _officer.PostAsync(Draft + "/activate", new { revision = 1 })).ExpectProblem(HttpStatusCode.Conflict, "draft-not-asked");
        Golden.Match("rule-book-asked", (await _manager.PostAsync(Draft + "/ask", new { revision = 1, reason = why })).Expect(HttpStatusCode.OK).Json);
        (await _manager.PutAsync(Draft, new { revision = 1, rules })).ExpectProblem(HttpStatusCode.Conflict, "draft-asked");
        (await _manager.PostAsync(Draft + "/activate", new { revision = 1 })).ExpectProblem(HttpStatusCode.Conflict, "second-person-needed");
        var active = (await _officer.PostAsync(Draft + "/activate", new { revision = 1, reason = "Read and tried" })).Expect(HttpStatusCode.OK).Json;
        Assert.Null(active["draft"]);
    }
}
