using System.Collections;
using Coordination.Dashboard.Components.Trials;
using Coordination.Dashboard.Incidents.Trials;
using Coordination.Domain.Accounts;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Rules;
using Coordination.Storage.Incidents;
using Coordination.Testing;
using Microsoft.Extensions.Time.Testing;
using static Coordination.Pages.Tests.Trials.Recorded;

namespace Coordination.Pages.Tests.Trials;

/// <summary>Rules tried on recordings: real ones of London, small ones, and the service's own history.</summary>
public sealed class RuleTrialTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Some.Now);
    private readonly RuleStore _store = new();
    private readonly RuleTrial _trial;

    public RuleTrialTests() => _trial = new RuleTrial(Map, Accounts, _time);

    private static Board Accounts { get; } = new(
        Some.Account("x/demo_a").Summary, Some.Account("x/demo_b").Summary, Some.Account("x/demo_dudley", area: "dudley", station: "dudley").Summary,
        Some.Account("x/demo_old", lifecycle: AccountLifecycle.Retired).Summary, Some.Account("x/demo_all", area: null, station: null, kind: AccountKind.Corporate).Summary);

    public void Dispose() => _trial.Dispose();

    [Theory]
    [InlineData("lfb_incidents_2017-03-13_week.csv", 1786, 3, 7)]
    [InlineData("lfb_incidents_2017-02-23_storm_surge_day.csv", 525, 1, 1)]
    public async Task ShippedRules_AreQuiet_OnRealIncidents(string file, int incidents, int notified, int days)
    {
        var bytes = await File.ReadAllBytesAsync(SharedFolder.SkipIfMissing("data", "incidents", file));
        var reading = Assert.IsType<RecordedReading.Accepted>(await RuleTrial.ReadAsync(bytes, Nothing, CancellationToken.None));
        Assert.Equal((incidents, 0), (reading.Rows.Count, reading.BadRows));
        var result = await RunAsync(await _trial.RecordAsync(reading, CancellationToken.None), RuleBook.Default);

        var only = Assert.Single(result.Outcomes);
        Assert.Equal((incidents, 0, 0, notified), (only.Result.Judged, only.Count(RuleMode.AtOnce), only.Count(RuleMode.Propose), only.Count(RuleMode.NotifyOnly)));
        Assert.Equal((days, 0), (only.Result.Days.Count, only.MostAccounts));
        Assert.Equal("LFB incidents replayed on West Midlands geography", result.Recording.Label);
        Assert.Contains("Rule 3, a declared major incident: “a major incident is declared” could not be tried; nothing recorded tells a declaration.", only.Result.Unreplayed.Select(u => TrialWords.Of(u, only)));
        Assert.Contains(
            "Rule 4, an extreme alert: “the alert's severity is extreme”, “the alert's urgency is immediate or expected” and “the alert's certainty is observed or likely” could not be tried; nothing recorded tells the alert's level.",
            TrialWords.Unreplayed(only));
        Assert.Contains("Rule 5, ten pumps or more: “the type says 'false alarm'” was tried in part; nothing recorded tells the type at stop.", only.Result.Unreplayed.Select(u => TrialWords.Of(u, only)));
    }

    [Fact]
    public async Task TwoSetsOfRules_AreTriedOnTheSame_AndTheirAccountsCounted()
    {
        // Barnet is dealt to Coventry, Bexley to Dudley.
        var recording = await RecordAsync(Row("1", pumps: "4"), Row("2", hour: "20", pumps: "4", borough: "Bexley"), Row("3", hour: "23", pumps: "4"), Row("4", hour: "23", pumps: "1"), Row("5", hour: "23", pumps: "4", borough: "Not known"));
        var result = await RunAsync(recording, RuleBook.Default, new RuleBook(2, [Rule(4)]));

        Assert.Empty(result.Outcomes[0].Takeovers);
        var (second, takeovers) = (result.Outcomes[1], result.Outcomes[1].Takeovers);
        Assert.Equal([(1, "coventry"), (2, "dudley"), (3, "coventry")], takeovers.Select(t => (int.Parse(t.What.Number, System.Globalization.CultureInfo.InvariantCulture), t.What.Areas[0])));
        Assert.Equal(["x/demo_a", "x/demo_b"], takeovers[0].Reach.Accounts);
        Assert.Same(takeovers[0].Reach, takeovers[2].Reach);
        Assert.Equal((2, 3, 1), (second.Result.MostAtOnce, second.MostAccounts, second.Asked));
        Assert.Equal(new DateTimeOffset(2017, 2, 23, 20, 0, 0, TimeSpan.Zero), second.Result.MostAtOnceFrom);
        Assert.Contains("1 row names no borough or area", Assert.Single(recording.Notes), StringComparison.Ordinal);

        // Held for longer, the first still stands when the third comes.
        Assert.Equal(3, (await RunAsync(recording, 12, new RuleBook(2, [Rule(4)]))).Outcomes[0].Result.MostAtOnce);
    }

    [Fact]
    public async Task ARecordOfOurOwnAreas_StaysWhereItWas()
    {
        var recording = await RecordAsync(Row("1", pumps: "4", borough: "Dudley"));

        Assert.Equal("Incidents of a file, where it says they were", recording.Label);
        Assert.Equal(["dudley"], recording.Incidents[0].Incident.Now.Areas);
    }

    [Fact]
    public async Task History_IsJudgedAfterEachReport_AsItWasThen()
    {
        IncidentRow Row(string number, double daysAgo, params int[] pumps)
        {
            var reports = pumps.Select((p, i) => Report(number, i + 1, p, Some.Now.AddDays(-daysAgo).AddHours(i))).ToArray();
            return new IncidentRow(Incident.Of(reports), reports[^1].FiledAt);
        }

        var history = new HistoryRecording(new Files(Row("I-1", 1, 1, 4, 5), Row("I-2", 2, 4), Row("I-3", 3, 1, 1), Row("I-4", 40, 9), Row("I-5", 41, 9)), _time);
        var recording = await history.ReadAsync(30, CancellationToken.None);
        Assert.Equal((3, 6), (recording.Count, recording.Incidents.Count));

        var outcome = (await RunAsync(recording, new RuleBook(2, [Rule(4), Rule(4, 2, RuleMode.NotifyOnly), Rule(1, 3, RuleMode.NotifyOnly)]))).Outcomes[0];
        Assert.Equal((3, 2), (outcome.Result.Judged, outcome.Takeovers.Count));

        // When the second report said four pumps, not when the incident began.
        Assert.Equal(Some.Now.AddDays(-1).AddHours(1), outcome.Takeovers.Single(t => t.What.Number == "I-1").What.At);

        // Each is told of once by a rule, however often it was reported.
        Assert.Single(outcome.Told, n => n.Number == "I-1");
        Assert.Single(outcome.Told, n => n.Number == "I-3");
    }

    [Theory]
    [InlineData("current", null)]
    [InlineData("shipped", null)]
    [InlineData("2", null)]
    [InlineData("draft", "rules-unknown")]
    [InlineData("3", "rules-unknown")]
    [InlineData("latest", "rules-unknown")]
    public async Task Rules_AreFoundByTheirName(string id, string? refusal) => Assert.Equal(refusal, (await Sets.FindAsync(id, CancellationToken.None)).Refusal?.Code);

    [Fact]
    public async Task ADraft_IsCheckedBeforeItIsTried()
    {
        _store.Draft = [Rule(4), Rule(4)];
        Assert.Equal("rules-invalid", (await Sets.FindAsync("draft", CancellationToken.None)).Refusal?.Code);
        _store.Draft = [Rule(4)];
        Assert.Equal("Draft (revision 7)", (await Sets.FindAsync("draft", CancellationToken.None)).Rules?.Name);
    }

    [Fact]
    public async Task Trial_EndsWhenItsTimeIsOver_AndWhenNobodyWantsItAnyMore()
    {
        var recording = await RecordAsync(Row("1"));
        using var gone = new CancellationTokenSource();
        gone.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _trial.RunAsync(recording, [Of(RuleBook.Default)], 4, gone.Token));
        Assert.Equal("hours-out-of-range", (await _trial.RunAsync(recording, [Of(RuleBook.Default)], 49, CancellationToken.None)).Refusal?.Code);
        Assert.Equal("hours-out-of-range", (await _trial.RunAsync(recording, [Of(RuleBook.Default)], 0, CancellationToken.None)).Refusal?.Code);

        // Rules that take for ever, and a clock that stands at the limit.
        var slow = new RuleBook(1, [Rule(1) with { When = new CategoryIs(new Slow(() => _time.Advance(RuleTrial.Longest))) }]);
        Assert.Equal("trial-too-long", (await _trial.RunAsync(await RecordAsync(Row("1"), Row("2")), [Of(slow)], 4, CancellationToken.None)).Refusal?.Code);

        // The next one has its turn.
        Assert.NotNull((await _trial.RunAsync(recording, [Of(RuleBook.Default)], 4, CancellationToken.None)).Result);
    }

    [Fact]
    public async Task Page_SaysWhatTheButtonWillDo_AndTriesBothSets()
    {
        _store.Draft = [Rule(2)];
        using var model = new TrialModel(_trial, Sets, new HistoryRecording(new Files(), _time));
        await model.LoadAsync(null, null, CancellationToken.None);
        Assert.Equal(["current", "draft", "2"], model.Choices!.Select(c => c.Id));
        Assert.Equal(("current", "draft", null), (model.First, model.Second, model.Deed));

        await model.TakeAsync("a.csv", Csv(Row("1"), Row("2", hour: "99"), Row("3")), CancellationToken.None);
        Assert.Equal("Try them on 2 incidents", model.Deed);
        await model.RunAsync(CancellationToken.None);
        Assert.Equal(["current", "draft"], model.Result!.Outcomes.Select(o => o.Rules.Id));
        Assert.Equal([0, 2], model.Result.Outcomes.Select(o => o.Takeovers.Count));

        // A column that is not there: nothing can be tried until it is right again.
        await model.SetColumnAsync(ColumnMap.Group, "", CancellationToken.None);
        Assert.Equal((null, null), (model.Deed, model.Result));
        await model.SetColumnAsync(ColumnMap.Group, "incident_group", CancellationToken.None);
        Assert.Equal("Try them on 2 incidents", model.Deed);

        model.OwnHistory = true;
        await model.RunAsync(CancellationToken.None);
        Assert.Equal((0, null), (model.Result!.Recording.Count, model.Problem));
    }

    [Fact]
    public async Task Page_SaysSo_WhereTheDatabaseDoesNotAnswer()
    {
        _store.Fails = new TimeoutException();
        using var model = new TrialModel(_trial, Sets, new HistoryRecording(new Files(), _time));
        await model.LoadAsync(null, null, CancellationToken.None);
        Assert.True(model.Unread);
        model.OwnHistory = true;
        await model.RunAsync(CancellationToken.None);
        Assert.Contains("does not answer", model.Problem, StringComparison.Ordinal);
        Assert.False(model.Busy);
    }

    private RuleSets Sets => new(_store, Map);

    private static TrialRules Of(RuleBook book) => new("tried", "Tried", book);

    private static FiledReport Report(string number, int revision, int pumps, DateTimeOffset at) => new(
        "test",
        new IncidentReport { Number = number, Revision = revision, ReportedAt = at, Exercise = false, Status = IncidentStatus.Open, TypeAtCall = "Fire", Pumps = pumps, Areas = ["coventry"] },
        FormattableString.Invariant($"{number}-{revision}"),
        at);

    private Task<TrialRecording> RecordAsync(params string[] rows) => _trial.RecordAsync(Accepted(rows), CancellationToken.None);

    private Task<TrialResult> RunAsync(TrialRecording recording, params RuleBook[] books) => RunAsync(recording, RuleTrial.UsualHours, books);

    private async Task<TrialResult> RunAsync(TrialRecording recording, int hours, params RuleBook[] books)
    {
        var answer = await _trial.RunAsync(recording, [.. books.Select(Of)], hours, CancellationToken.None);
        Assert.Null(answer.Refusal);
        return answer.Result!;
    }

    // Values that take their time to be read.
    private sealed class Slow(Action takesLong) : IReadOnlyList<string>
    {
        public int Count => 1;

        public string this[int index] => "Fire";

        public IEnumerator<string> GetEnumerator()
        {
            takesLong();
            yield return "Fire";
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
