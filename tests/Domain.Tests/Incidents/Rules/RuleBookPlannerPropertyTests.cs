using Coordination.Domain.Accounts;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.Tests.Brigade;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Incidents.Rules;

public sealed class RuleBookPlannerPropertyTests
{
    private const int Iterations = 2000;
    private static readonly Gen<(RuleBook, FiledReport[], StandingTakeover[])> s_cases = Gen.Select(RuleGen.Books, IncidentGen.Reports, RuleGen.Takeovers);

    [Fact]
    public void Plan_PlansNothingMore_WithItsOwnPlansStanding() => Gen.Select(s_cases, Gen.OneOf(TakeoverState.Pending, TakeoverState.Running, TakeoverState.Placed, TakeoverState.Shadow)).SampleSeeded(
        (given, state) =>
        {
            var (book, reports, standing) = given;
            var incident = Incident.Of(reports);
            var plans = GivenRule.Plan(book, incident, standing).Plans;

            var again = GivenRule.Plan(book, incident, [.. standing, .. plans.Select(p => GivenRule.Standing(p.Rule.Id, p.Scope, state, kind: p.Rule.Then.Kind))]);

            return again.Plans.Count == 0;
        },
        Iterations);

    [Fact]
    public void Plan_IsTheSame_InWhateverOrderTheReportsAre() => Gen.Select(s_cases, Gen.Int).SampleSeeded(
        (given, seed) =>
        {
            var (book, reports, standing) = given;
            var shuffled = reports.OrderBy(r => r.Digest[(seed & 31)..], StringComparer.Ordinal);
            return GivenRule.Json(GivenRule.Plan(book, Incident.Of(reports), standing)) == GivenRule.Json(GivenRule.Plan(book, Incident.Of(shuffled), standing))
                && GivenRule.Json(GivenRule.Plan(book, Incident.Of(reports), standing)) == GivenRule.Json(GivenRule.Plan(book, Incident.Of(reports.Reverse()), standing));
        },
        Iterations / 4);

    [Fact]
    public void Plan_NeverCoversACorporateAccount_AndAlwaysSomeLocalOne()
    {
        AccountLabels[] corporate = [new("x", AccountKind.Corporate, null, null, null), new("x", AccountKind.Corporate, "coventry", "aston", "prevention")];
        AccountLabels[] local = [.. DemoMap.Map.Stations.SelectMany(s => new[] { "x", "mastodon" }.Select(p => new AccountLabels(p, AccountKind.Local, s.AreaId, s.Id, null)))];
        Assert.True(AccountKey.TryParse("x/demo_wmfs_aston", out var key));
        var planned = 0;

        s_cases.SampleSeeded(
            (book, reports, standing) => GivenRule.Plan(book, Incident.Of(reports), standing).Plans.All(p =>
            {
                planned++;
                return !corporate.Any(c => p.Scope.Covers(key, c)) && (p.Scope.Stations is ["aston"] || local.Any(l => p.Scope.Covers(key, l)));
            }),
            Iterations);

        Assert.True(planned > Iterations / 4, $"{planned} plans");
    }

    [Fact]
    public void Plan_OfARule_ComesFromWhatIsTrueNow() => s_cases.SampleSeeded(
        (book, reports, standing) =>
        {
            var incident = Incident.Of(reports);
            return GivenRule.Plan(book, incident, standing).Plans.All(p => p.Rule.When.IsTrueOf(IncidentGen.Facts(incident)) is true && p.Mode is not RuleMode.NotifyOnly);
        },
        Iterations);

    [Fact]
    public void Plan_HoldsNothing_WhenWhatCameLastIsClosed_OrAllOfIt_AtAnyStep()
    {
        var asked = 0;
        Gen.Select(s_cases, Gen.Bool).SampleSeeded(
            (given, all) =>
            {
                var (book, reports, standing) = given;
                FiledReport Closed(FiledReport r) => r with { Report = r.Report with { Status = IncidentStatus.Closed } };

                // All of them, as they come one after the other; or whatever is its source's present word.
                var whole = Incident.Of(reports);
                var highest = reports.GroupBy(r => r.Source, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Max(r => r.Report.Revision), StringComparer.Ordinal);
                FiledReport[] closed = [.. reports.Select(r => all || r.Report.Revision == highest[r.Source] ? Closed(r) : r)];
                var steps = all ? Enumerable.Range(1, closed.Length).Select(n => Incident.Of(closed[..n])) : [Incident.Of(closed)];
                foreach (var planning in steps.Select(s => GivenRule.Plan(book, s, standing)))
                {
                    asked += planning.Notes.Count(n => n.Words.Contains("the incident is closed", StringComparison.Ordinal));
                    if (planning.Plans.Count > 0)
                    {
                        return false;
                    }
                }

                // What would have been held if it went on is asked about, where it is still true: after its end a type that was not told is not known.
                var over = Incident.Of(closed);
                return all || GivenRule.Plan(book, whole, standing).Plans.Where(p => p.Rule.When.IsTrueOf(IncidentGen.Facts(over)) is true).All(p => GivenRule.Plan(book, over, standing).Notes.Any(n => n.RuleId == p.Rule.Id));
            },
            Iterations);
        Assert.True(asked > Iterations / 10, $"asked {asked} times");
    }

    [Fact]
    public void Plan_OfAnExercise_IsThatOfARealIncident() => s_cases.SampleSeeded(
        (book, reports, standing) =>
        {
            // Only the mark differs: the digests say which revision counts and stay.
            FiledReport[] exercise = [.. reports.Select(r => r with { Report = r.Report with { Exercise = true } })];
            return GivenRule.Json(GivenRule.Plan(book, Incident.Of(reports), standing)) == GivenRule.Json(GivenRule.Plan(book, Incident.Of(exercise), standing));
        },
        Iterations / 4);
}
