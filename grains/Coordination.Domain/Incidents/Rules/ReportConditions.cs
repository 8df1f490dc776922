using Coordination.Domain.Schedule;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>One of these reported it.</summary>
/// <param name="Ids">Ids of systems and desks.</param>
public sealed record FromSource(IReadOnlyList<string> Ids) : Condition
{
    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts) => facts.Sources.Count == 0 ? null : Ids.Any(facts.Sources.Contains);

    /// <inheritdoc/>
    public override string Words() => $"it was reported by {Phrases.Listed(Ids, "or")}";

    /// <inheritdoc/>
    public override IReadOnlySet<IncidentFact> Needs() => Only(IncidentFact.Source);
}

/// <summary>It began between two times on a wall in London.</summary>
/// <param name="From">The first moment.</param>
/// <param name="To">The first moment after; before <paramref name="From"/> it is on the next day.</param>
public sealed record AtTimeOfDay(TimeOnly From, TimeOnly To) : Condition
{
    private static readonly TimeZoneInfo London = WallClock.TryFindZone(WallClock.London, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override bool? IsTrueOf(IncidentFacts facts) => TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(facts.At, London).DateTime).IsBetween(From, To);

    /// <inheritdoc/>
    public override string Words() => FormattableString.Invariant($"it began between {From:HH:mm} and {To:HH:mm}");

    /// <inheritdoc/>
    public override IReadOnlySet<IncidentFact> Needs() => Only(IncidentFact.Time);
}
