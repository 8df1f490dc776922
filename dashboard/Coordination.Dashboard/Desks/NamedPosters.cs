using Coordination.Domain;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.People;

namespace Coordination.Dashboard.Desks;

/// <summary>Who a hold lets through, as people; or why that cannot be told.</summary>
public sealed record NamedPosterAnswer(IReadOnlyList<string> StaffIds, Refusal? Refusal);

/// <summary>Expands "Comms and whom they name" to people, at the time a hold is placed (FENCE.md rule 4).</summary>
public static class NamedPosters
{
    /// <summary>Expands.</summary>
    /// <returns>Staff ids, sorted; none for a freeze, which lets nobody through.</returns>
    public static NamedPosterAnswer Expand(HoldWish wish, IReadOnlyList<StaffMember> staff)
    {
        var active = staff.Where(person => person.Active).ToDictionary(person => person.Id, StringComparer.Ordinal);
        var strange = (wish.NamedPosters ?? []).FirstOrDefault(id => id is null || !active.ContainsKey(id));
        if (strange is not null || (wish.NamedPosters?.Any(id => id is null) ?? false))
        {
            return new NamedPosterAnswer([], new Refusal(
                "poster-unknown",
                $"There is no active member of staff with the id '{strange}'. Nothing was held. 'namedPosters' are staff ids, such as {Example(staff)}."));
        }

        if (wish.NamedPosters is { Count: > ScopeDecider.LongestList })
        {
            return new NamedPosterAnswer([], new Refusal("posters-too-many", $"More than {ScopeDecider.LongestList} people are named. Nothing was held."));
        }

        return new NamedPosterAnswer(
            wish.Kind == HoldKind.Freeze
                ? []
                : [.. active.Values.Where(person => person.Role.IsComms()).Select(person => person.Id)
                    .Concat(wish.NamedPosters ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            null);
    }

    private static string Example(IReadOnlyList<StaffMember> staff) => staff.FirstOrDefault(person => person.Active)?.Id ?? "none yet";
}
