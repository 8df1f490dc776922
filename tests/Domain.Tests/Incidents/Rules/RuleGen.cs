using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;
using CsCheck;

namespace Coordination.Domain.Tests.Incidents.Rules;

/// <summary>Rule books of one to five rules of every form, and takeovers that they may have caused.</summary>
internal static class RuleGen
{
    // Most rules are true of something now and then; a random one rarely is.
    private static readonly Gen<Condition> s_when = Gen.OneOf(
        ConditionGen.Any, Gen.Int[1, 10].Select(n => (Condition)new PumpsAtLeast(n)), Gen.Const((Condition)new TypeSays(["fire", "RTC"])));

    private static readonly Gen<Scope?> s_except = Gen.OneOf<Scope?>(null, null, new Scope { Platforms = ["mastodon"] }, new Scope { Stations = ["aston"] });

    private static readonly Gen<IncidentRule> s_rule =
        from when in s_when
        from mode in Gen.OneOf(Enum.GetValues<RuleMode>())
        from reach in Gen.OneOf(Enum.GetValues<RuleReach>())
        from kind in Gen.OneOf(HoldKind.CentralCoordination, HoldKind.Freeze)
        from except in s_except
        let rule = GivenRule.Rule(1, when, mode, reach, kind)
        select rule with { Then = rule.Then with { Scope = rule.Then.Scope with { Except = except } } };

    public static readonly Gen<RuleBook> Books = s_rule.Array[1, 5].Select(rules =>
        GivenRule.Book([.. rules.Select((r, i) => r with { Id = FormattableString.Invariant($"rule-{i + 1}"), Priority = i + 1 })]));

    public static readonly Gen<StandingTakeover[]> Takeovers =
        (from rule in Gen.Int[1, 5]
         from kind in Gen.OneOf(HoldKind.CentralCoordination, HoldKind.Freeze)
         from scope in Gen.OneOf(Scope.LocalAccounts, GivenRule.Areas("coventry"), new Scope { Kinds = ["local"], Stations = ["aston"] })
         from state in Gen.OneOf(Enum.GetValues<TakeoverState>())
         from minutes in Gen.Int[0, 90]
         select GivenRule.Standing(FormattableString.Invariant($"rule-{rule}"), scope, state, minutes, kind)).Array[0, 3];
}
