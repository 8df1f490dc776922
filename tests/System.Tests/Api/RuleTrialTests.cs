using System.Text;
using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Rules tried on recorded incidents: nothing is held, nothing is kept.</summary>
public sealed class RuleTrialTests(ServiceFixture fixture)
{
    private const string Simulate = "/api/incidents/rules/simulate";
    private const string Header = "incident_number,date_of_call,hour_of_call,incident_group,property_category,property_type,ward_name,borough_name,incident_station_ground,num_pumps_attending";

    private readonly ApiClient _auditor = fixture.As(Roles.Auditor);

    [Fact]
    public async Task Csv_IsReplayed_AndTwoSetsOfRulesAnswerSideBySide()
    {
        var file = Csv(Row("1", 18, 12), Row("2", 20, 12, "Bexley"), Row("3", 21, 5), Row("4", 21, 1), Row("5", 99, 1));
        var answer = (await _auditor.PostTextAsync(Simulate + "?rules=current&rules=shipped&hours=3", file, "text/csv")).Expect(HttpStatusCode.OK).Json;
        Golden.Match("simulation", answer);

        Assert.Equal("LFB incidents replayed on West Midlands geography", answer["recording"]!.Text("label"));
        Assert.Equal((4, 1), (answer["recording"]!["incidents"]!.GetValue<int>(), answer["recording"]!["badRows"]!.GetValue<int>()));
        Assert.Equal("line 6: '2017-02-23 99' is no date and hour, such as 2017-02-23 and 18 or 18:05", answer["recording"]!["faults"]![0]!.Text("words"));
        Assert.Equal(["current", "shipped"], answer["results"]!.AsArray().Select(r => r!.Text("rules")));
        var result = answer["results"]![1]!;
        Assert.Equal([4, 0, 2, 1, 0, 2], new[] { "judged", "atOnce", "proposed", "notified", "asked", "mostTogether" }.Select(n => result[n]!.GetValue<int>()));
        Assert.Equal("2017-02-23T20:00:00.000000Z", result.Text("mostTogetherFrom"));
        Assert.Equal("2017-02-23T21:00:00.000000Z", result["takeovers"]![0]!.Text("until"));

        // The demo's own accounts of Coventry and Dudley.
        Assert.True(result["takeovers"]![0]!["accounts"]!.GetValue<int>() > 5);
        var reach = result["reaches"]![result["takeovers"]![1]!["reach"]!.GetValue<int>()]!;
        Assert.Equal("dudley", reach["scope"]!["areas"]![0]!.GetValue<string>());
        Assert.Contains("x/demo_wmfs_stourbridge", reach["accounts"]!.AsArray().Select(a => a!.GetValue<string>()));
        Assert.Contains(result["unreplayed"]!.AsArray(), u => u!.Text("rule") == "major-incident" && u!["wholly"]!.GetValue<bool>());
        Assert.DoesNotContain((await _auditor.GetAsync("/api/holds?active=true")).Json["items"]!.AsArray(), h => h!["incident"]?.GetValue<string>() is "1" or "2");
    }

    [Fact]
    public async Task Form_AndOwnHistory_AreTakenToo()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(Csv(Row("1", 18, 5)))), "file", "recording.csv" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, Simulate) { Content = form };
        var answer = (await _auditor.SendAsync(request)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(1, answer["results"]![0]!["notified"]!.GetValue<int>());

        // A real one and an exercise: only the first is history.
        using var control = fixture.As(Roles.FireControl);
        var (number, drill) = (Reports.Number(), Reports.Number());
        (await control.ReportAsync(Reports.Of(number, pumps: 6))).Expect(HttpStatusCode.Accepted);
        (await control.ReportAsync(Reports.Of(drill, exercise: true, pumps: 6))).Expect(HttpStatusCode.Accepted);
        var own = (await _auditor.PostAsync(Simulate + "?days=1&rules=shipped")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("The service’s own incidents of the last day", own["recording"]!.Text("label"));
        var told = own["results"]![0]!["notes"]!.AsArray().Select(n => n!.Text("incident")).ToArray();
        Assert.Contains(number, told);
        Assert.DoesNotContain(drill, told);
        using var manager = fixture.As(Roles.Manager);
        foreach (var message in (await manager.GetAsync("/api/incidents/messages?limit=200&open=true")).Json["items"]!.AsArray().Where(m => m!["incident"]?.GetValue<string>() == number || m!["incident"]?.GetValue<string>() == drill))
        {
            (await manager.PostAsync($"/api/incidents/messages/{message!.Text("id")}/settle", new { note = "The test is over" })).Expect(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task ColumnsOfAnyName_AreNamedByTheCaller()
    {
        const string file = "Ref,When,What,Size\n1,2026-11-01 10:30,Fire,12\n";
        var refused = (await _auditor.PostTextAsync(Simulate, file, "text/csv")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "recording-invalid");
        Golden.Match("simulation-invalid", refused.Json);
        Assert.Equal(["Ref", "When", "What", "Size"], refused.Json["columns"]!.AsArray().Select(c => c!.GetValue<string>()));
        (await _auditor.PostTextAsync(Simulate + "?column=number:Ref&column=date:When&column=group:What&column=pumps:Size", file, "text/csv")).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("?hours=0", "text/csv", "a", 422, "hours-out-of-range")]
    [InlineData("?hours=49", "text/csv", "a", 422, "hours-out-of-range")]
    [InlineData("?days=367", "text/csv", "a", 422, "days-out-of-range")]
    [InlineData("?rules=draft", "text/csv", "a", 422, "rules-unknown")]
    [InlineData("?rules=9999", "text/csv", "a", 422, "rules-unknown")]
    [InlineData("?rules=current&rules=current&rules=current", "text/csv", "a", 422, "rules-too-many")]
    [InlineData("?column=nothing", "text/csv", "a", 422, "column-unknown")]
    [InlineData("", "text/csv", "", 422, "recording-missing")]
    [InlineData("", "text/csv", "a", 422, "recording-invalid")]
    [InlineData("", "application/json", "{}", 415, "unsupported-media-type")]
    public async Task BadWish_IsRefusedPlainly(string query, string type, string body, int status, string code) =>
        (await _auditor.PostTextAsync(Simulate + query, body, type)).ExpectProblem((HttpStatusCode)status, code);

    [Fact]
    public async Task FileThatIsTooLarge_IsRefusedUnread() =>
        (await _auditor.PostBytesAsync(Simulate, new byte[11 * 1024 * 1024], "text/csv")).ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");

    private static string Csv(params string[] rows) => string.Join('\n', rows.Prepend(Header));

    private static string Row(string number, int hour, int pumps, string borough = "Barnet") => FormattableString.Invariant($"{number},2017-02-23,{hour},Fire,Dwelling,House,WARD,{borough},Finchley,{pumps}");
}
