using System.Globalization;
using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Desks;
using Coordination.Storage.OffSystem;

namespace Coordination.Dashboard.Components.Holds;

/// <summary>What the off-system check says on screen.</summary>
public static class OffSystemWords
{
    /// <summary><c>2 off-system posts</c>.</summary>
    public static string Posts(int found) => Names.Count(found, "off-system post");

    /// <summary><c>Off-system: 0 found, 12 of 12 accounts checked, last at 10:04:10</c>.</summary>
    public static string Sum(OffSystemSummary sum)
    {
        if (sum.Covered == 0 && sum.Found == 0)
        {
            return "It covers no account now, so there is nothing to check.";
        }

        var found = sum.Found.ToString("#,0", CultureInfo.InvariantCulture);
        var seen = sum.Checked.ToString("#,0", CultureInfo.InvariantCulture);
        var last = sum.LastAt is { } at ? ", last at " + UkTime.Clock(at) : ", none has answered yet";
        return $"Off-system: {found} found, {seen} of {Names.Count(sum.Covered, "account")} checked{last}{Oldest(sum)}";
    }

    /// <summary>Since when, and why, an account is not checked.</summary>
    public static string Line(UncheckedRow row)
    {
        var known = row.CheckedAt is { } at ? $" Last read at {UkTime.Clock(at)}." : "";
        return row.Code switch
        {
            UncheckedCodes.Failed => $"could not be asked since {UkTime.Clock(row.Since!.Value)}: {OffSystemReasons.Of(row)}{known}",
            _ => OffSystemReasons.Of(row) + known,
        };
    }

    // With many accounts under hold the round takes longer than a minute: then the oldest answer matters, too.
    private static string Oldest(OffSystemSummary sum) =>
        sum is { LastAt: { } last, OldestAt: { } oldest } && last - oldest > TimeSpan.FromMinutes(2) ? $", the oldest answer of {UkTime.Clock(oldest)}" : "";
}
