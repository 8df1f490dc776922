using Coordination.Domain.Holds;

namespace Coordination.Domain.People;

/// <summary>What the staff directory says of a person, and whoever may can change.</summary>
public sealed record StaffEntry
{
    /// <summary>Full name.</summary>
    public required string Name { get; init; }

    /// <summary>The role; never <see cref="Role.System"/>.</summary>
    public required Role Role { get; init; }

    /// <summary>For an account holder, the local accounts; null for none.</summary>
    public Scope? PublishesOn { get; init; }

    /// <summary>False once somebody ended their access, whatever the dates say.</summary>
    public bool Active { get; init; } = true;

    /// <summary>From when they are let in (UTC); null for from the beginning.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>From when they are let in no more (UTC); null for no end.</summary>
    public DateTimeOffset? EndsAt { get; init; }
}

/// <summary>Whether a person of the directory is let in now.</summary>
public enum StaffState
{
    /// <summary>They are.</summary>
    Active,

    /// <summary>Their first day is still to come.</summary>
    Starts,

    /// <summary>Their last day is over.</summary>
    Ended,

    /// <summary>No group gives them a role any more.</summary>
    Lapsed,

    /// <summary>Somebody ended their access.</summary>
    Inactive,
}

/// <summary>Ids and names of the states.</summary>
public static class StaffStates
{
    private static readonly (StaffState State, string Name)[] Known =
    [
        (StaffState.Active, "Active"), (StaffState.Starts, "Still to start"), (StaffState.Ended, "Ended"), (StaffState.Lapsed, "Lapsed"), (StaffState.Inactive, "Inactive"),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<StaffState> All { get; } = [.. Known.Select(k => k.State)];

    /// <summary>The id, as in JSON and the database.</summary>
    public static string Id(this StaffState state) => state.ToString().ToLowerInvariant();

    /// <summary>The name, as on screen.</summary>
    public static string Name(this StaffState state) => Known[(int)state].Name;

    /// <summary>Finds a state by its id.</summary>
    public static bool TryParse(string? id, out StaffState state)
    {
        foreach (var known in All)
        {
            if (string.Equals(known.Id(), id, StringComparison.Ordinal))
            {
                state = known;
                return true;
            }
        }

        state = default;
        return false;
    }
}
