using System.Globalization;
using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Journal;
using Coordination.Domain.People;
using Coordination.Storage.People;

namespace Coordination.Dashboard.Components.Staffing;

/// <summary>The staff directory in words.</summary>
public static class StaffWords
{
    /// <summary>How a state looks.</summary>
    public static (string Css, string Icon) Look(StaffState state) => state switch
    {
        StaffState.Active => ("ok", "ok"),
        StaffState.Starts => ("attention", "clock"),
        _ => ("open", "dash"),
    };

    /// <summary>A state with its day, where it has one: <c>Still to start: 1 Mar 2026</c>.</summary>
    public static string State(StaffRecord person) => person.State switch
    {
        StaffState.Starts when StaffTerm.FirstDay(person.Entry.StartsAt) is { } first => $"Starts {StaffChange.Day(first)}",
        StaffState.Ended when StaffTerm.LastDay(person.Entry.EndsAt) is { } last => $"Ended {StaffChange.Day(last)}",
        _ => person.State.Name(),
    };

    /// <summary>The accounts of somebody's own, in words; null for who has none by their entry.</summary>
    public static string? Accounts(StaffEntry entry) => entry.Role != Role.AccountHolder ? null
        : entry.PublishesOn is { } scope ? Names.Contents(scope)
        : "no accounts";

    /// <summary>A day as a date field holds it; empty for none.</summary>
    public static string Field(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>What a date field holds.</summary>
    /// <returns>False for text that is no day.</returns>
    public static bool TryDay(string? text, out DateOnly? day)
    {
        day = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) && parsed.Year is > 1900 and < 9000 ? parsed : null;
        return string.IsNullOrEmpty(text) || day is not null;
    }
}
