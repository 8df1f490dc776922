using System.Globalization;
using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Journal;

/// <summary>A change of the staff directory in words: what is another than it was, and nothing else.</summary>
internal static class StaffChange
{
    /// <summary>What was done to a person who was there.</summary>
    public static string Changed(EntryContent now, string on)
    {
        var before = now.In("former");
        var parts = new List<string>();
        void Add(bool changed, string words)
        {
            if (changed)
            {
                parts.Add(words);
            }
        }

        var (was, @is) = (before.Flag("active"), now.Flag("active"));
        Add(was == true && @is == false, $"ended the access of {on}");
        Add(was == false && @is == true, $"gave {on} access again");
        Add(Differ(before, now, "name"), $"changed the name of {on} to {now.Text("name")}");
        Add(Differ(before, now, "role"), $"made {on} {Names.OfRole(now.Text("role") ?? "")}");
        var accounts = now.Scope("publishesOn", "");
        Add(!string.Equals(before.Scope("publishesOn", ""), accounts, StringComparison.Ordinal), accounts.Length == 0 ? $"took the accounts from {on}" : $"set the accounts of {on}: {accounts}");
        Add(Differ(before, now, "startsAt"), First(now) is { } first ? $"set the first day of {on}: {first}" : $"took the first day of {on} away");
        Add(Differ(before, now, "endsAt"), Last(now) is { } last ? $"set the last day of {on}: {last}" : $"took the last day of {on} away");
        return parts.Count == 0 ? $"changed {on}" : Names.And(parts);
    }

    /// <summary>The days of somebody new: <c>, from 1 Mar 2026</c>; empty for none.</summary>
    public static string Days(EntryContent content) =>
        (First(content) is { } first ? $", from {first}" : "") + (Last(content) is { } last ? $", last day {last}" : "");

    /// <summary>A day as it stands in a sentence.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string? First(EntryContent content) => StaffTerm.FirstDay(At(content, "startsAt")) is { } day ? Day(day) : null;

    private static string? Last(EntryContent content) => StaffTerm.LastDay(At(content, "endsAt")) is { } day ? Day(day) : null;

    private static DateTimeOffset? At(EntryContent content, string name) =>
        DateTimeOffset.TryParse(content.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) && at > DateTimeOffset.MinValue.AddDays(2) && at < DateTimeOffset.MaxValue.AddDays(-2) ? at : null;

    private static bool Differ(EntryContent before, EntryContent now, string name) => !string.Equals(before.Text(name), now.Text(name), StringComparison.Ordinal);
}
