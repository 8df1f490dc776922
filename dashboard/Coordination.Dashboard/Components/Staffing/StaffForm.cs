using Coordination.Dashboard.Components.Holds;
using Coordination.Domain.People;
using Coordination.Storage.People;

namespace Coordination.Dashboard.Components.Staffing;

/// <summary>A person of the directory, being changed.</summary>
public sealed class StaffForm
{
    private readonly bool _active;

    /// <summary>Begins with a person as they are; with nothing for somebody new.</summary>
    /// <param name="known">The person.</param>
    /// <param name="again">Whether to let somebody in again whose access ended.</param>
    public StaffForm(StaffRecord? known, bool again = false)
    {
        var entry = known?.Entry is not { } read ? null : again ? read with { StartsAt = null, EndsAt = null } : read;
        _active = again || entry?.Active != false;
        (Name, Role, First, Last) = (entry?.Name ?? "", (entry?.Role ?? Domain.People.Role.AccountHolder).Id(), StaffWords.Field(StaffTerm.FirstDay(entry?.StartsAt)), StaffWords.Field(StaffTerm.LastDay(entry?.EndsAt)));
        if (entry?.PublishesOn is { } scope)
        {
            Where.Use(scope);
        }
    }

    /// <summary>Staff id, for somebody new.</summary>
    public string Id { get; set; } = "";

    /// <summary>Full name.</summary>
    public string Name { get; set; }

    /// <summary>The role's id.</summary>
    public string Role { get; set; }

    /// <summary>The first day, as a date field holds it.</summary>
    public string First { get; set; }

    /// <summary>The last day.</summary>
    public string Last { get; set; }

    /// <summary>Why.</summary>
    public string Why { get; set; } = "";

    /// <summary>An account holder's accounts.</summary>
    public ScopeForm Where { get; } = new();

    /// <summary>Whether accounts are asked for.</summary>
    public bool HoldsAccounts => string.Equals(Role, Domain.People.Role.AccountHolder.Id(), StringComparison.Ordinal);

    /// <summary>What is missing, before anybody is asked; null when nothing is.</summary>
    public string? Missing() =>
        !StaffWords.TryDay(First, out _) || !StaffWords.TryDay(Last, out _) ? "Choose the days from the calendar, or leave them empty."
        : string.IsNullOrWhiteSpace(Why) ? "Say why in a few words; it stands in the record."
        : null;

    /// <summary>The person as they should be.</summary>
    public StaffEntry Read()
    {
        _ = StaffWords.TryDay(First, out var first);
        _ = StaffWords.TryDay(Last, out var last);
        return new StaffEntry
        {
            Name = Name ?? "",
            Role = Roles.TryParse(Role, out var role) ? role : Domain.People.Role.System,
            PublishesOn = HoldsAccounts ? Where.Scope : null,
            Active = _active,
            StartsAt = StaffTerm.Start(first),
            EndsAt = StaffTerm.End(last),
        };
    }
}
