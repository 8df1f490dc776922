using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;
using Xunit;

namespace Coordination.Domain.Tests.Incidents.Rules;

public sealed class RuleBookDiffTests
{
    private static readonly IncidentRule One = GivenRule.Rule(1, new PumpsAtLeast(10));

    [Fact]
    public void Of_TheSame_IsNothing() => Assert.Empty(RuleBookDiff.Of(RuleBook.Default, RuleBook.Default with { Version = 2, Rules = [.. RuleBook.Default.Rules.Reverse()] }));

    [Fact]
    public void Of_SaysWhatIsNewAndGone() => Assert.Equal(
        [
            "rule 2, a rule: added (when a major incident is declared: at once centrally coordinate every local account)",
            "rule 1, a rule: removed (when 10 pumps or more: at once centrally coordinate the local accounts of the incident's area)",
        ],
        RuleBookDiff.Of(GivenRule.Book(One), GivenRule.Book(GivenRule.Rule(2, new MajorDeclared(), reach: RuleReach.WholeBrigade))).Select(c => c.Words));

    public static TheoryData<string, string, string, IncidentRule> Parts() => new()
    {
        { "name", "a rule", "ten pumps", One with { Name = "ten pumps" } },
        { "condition", "10 pumps or more", "not (12 pumps or more)", One with { When = new NotOf(new PumpsAtLeast(12)) } },
        { "kind of hold", "Central coordination", "Freeze", One with { Then = One.Then with { Kind = HoldKind.Freeze } } },
        {
            "scope", "the local accounts of the incident's area", "the local accounts of the stations within 2.5 km, except platform mastodon",
            One with { Then = One.Then with { Scope = new ScopeTemplate(RuleReach.StationsWithin, 2.5, new Scope { Platforms = ["mastodon"] }) } }
        },
        { "mode", "at once", "notify only", One with { Then = One.Then with { Mode = RuleMode.NotifyOnly } } },
        { "veto time", "60 seconds", "1 second", One with { Then = One.Then with { VetoSeconds = 1 } } },
        { "named posters", "nobody", "S-1, S-2", One with { Then = One.Then with { NamedPosters = ["S-1", "S-2"] } } },
        { "holding statement", "none", "We are there.", One with { Then = One.Then with { HoldingStatement = "We are there." } } },
        { "cool-down", "30 minutes", "0 minutes", One with { CoolDownMinutes = 0 } },
        { "priority", "1", "4", One with { Priority = 4 } },
        { "owner", "Comms", "Fire Control", One with { Owner = "Fire Control" } },
        { "reason", "To try it.", "Because.", One with { Reason = "Because." } },
        { "review date", "2027-01-31", "2028-01-31", One with { ReviewBy = new DateOnly(2028, 1, 31) } },
        { "use", "on", "off", One with { Enabled = false } },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public void Of_SaysWhichPartChanged(string part, string from, string to, IncidentRule changed)
    {
        var change = Assert.Single(RuleBookDiff.Of(GivenRule.Book(One), GivenRule.Book(changed)));

        Assert.Equal(RuleChangeKind.Changed, change.Kind);
        Assert.Equal((part, from, to), (change.Part, change.From, change.To));
        Assert.Equal($"rule {changed.Priority}, {changed.Name}: {part} changed from \"{from}\" to \"{to}\"", change.Words);
    }

    // A part that was forgotten there would change without a word.
    [Fact]
    public void Parts_AreThoseOfARule() => Assert.Equal(
        typeof(IncidentRule).GetProperties().Length - 2 + typeof(RuleEffect).GetProperties().Length, Parts().Count);

    [Fact]
    public void Of_SeesAChange_ThatReadsTheSame()
    {
        var before = GivenRule.Rule(1, new TypeSays(["a' or 'b"]));

        Assert.Equal("condition", Assert.Single(RuleBookDiff.Of(GivenRule.Book(before), GivenRule.Book(before with { When = new TypeSays(["a", "b"]) }))).Part);
    }
}
