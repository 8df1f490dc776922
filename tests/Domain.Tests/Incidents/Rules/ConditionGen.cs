using Coordination.Domain.Incidents.Rules;
using CsCheck;

namespace Coordination.Domain.Tests.Incidents.Rules;

/// <summary>Conditions of every form.</summary>
internal static class ConditionGen
{
    private static readonly Gen<string[]> s_words = Gen.OneOf("fire", "industrial unit", "terrorism", "False Alarm", "it's").Array[1, 3];

    public static readonly Gen<Condition> Leaf = Gen.OneOf(
        Gen.OneOf(IncidentFact.Pumps, IncidentFact.TypeAtStop, IncidentFact.Position).Select(f => (Condition)new IsKnown(f)),
        s_words.Select(w => (Condition)new TypeSays(w)),
        s_words.Select(w => (Condition)new CategoryIs(w)),
        s_words.Select(w => (Condition)new PriorityIs(w)),
        s_words.Select(w => (Condition)new KeywordsIn(w)),
        Gen.Int[1, 12].Select(n => (Condition)new PumpsAtLeast(n)),
        Gen.Const((Condition)new MajorDeclared()),
        Gen.Select(Gen.OneOf(Enum.GetValues<CasualtyKind>()), Gen.Int[1, 3], (who, n) => (Condition)new CasualtiesAtLeast(who, n)),
        Gen.OneOf("coventry", "dudley", "solihull").Array[1, 2].Select(a => (Condition)new InArea(a)),
        Gen.Select(Gen.Double[52.3, 52.6], Gen.Double[-2.1, -1.5], Gen.Double[0.5, 20], (lat, lon, km) => (Condition)new WithinKm(lat, lon, km)),
        Gen.OneOf("aston", "billesley").Array[1, 2].Select(s => (Condition)new OnStationGround(s)),
        Gen.Const((Condition)new IsOverTheBorder()),
        Gen.OneOf("fire-control", "other").Array[1, 2].Select(s => (Condition)new FromSource(s)),
        Gen.Select(Gen.Int[0, 1439], Gen.Int[1, 1439], (from, length) =>
            (Condition)new AtTimeOfDay(TimeOnly.MinValue.AddMinutes(from), TimeOnly.MinValue.AddMinutes(from + length))),
        Gen.OneOf("extreme", "Severe").Array[1, 2].Select(v => (Condition)new SeverityIs(v)),
        Gen.OneOf("immediate", "Past").Array[1, 2].Select(v => (Condition)new UrgencyIs(v)),
        Gen.OneOf("observed", "Likely").Array[1, 2].Select(v => (Condition)new CertaintyIs(v)));

    public static readonly Gen<Condition> Any = OfDepth(3);

    private static Gen<Condition> OfDepth(int depth) => depth == 0
        ? Leaf
        : Gen.OneOf(
            Leaf,
            OfDepth(depth - 1).Array[1, 3].Select(of => (Condition)new AllOf(of)),
            OfDepth(depth - 1).Array[1, 3].Select(of => (Condition)new AnyOf(of)),
            OfDepth(depth - 1).Select(of => (Condition)new NotOf(of)));
}
