using System.Globalization;
using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Holds;

namespace Coordination.Dashboard.Components.Holds;

/// <summary>What a hold's buttons and facts say.</summary>
public static class HoldWords
{
    /// <summary>What the button does: <c>Freeze 14 accounts</c>.</summary>
    public static string Button(HoldKind kind, int covered)
    {
        var accounts = Names.Count(covered, "account");
        return kind switch
        {
            HoldKind.Freeze => $"Freeze {accounts}",
            HoldKind.CentralCoordination => $"Take {accounts} into central coordination",
            _ => $"Require approval on {accounts}",
        };
    }

    /// <summary>Who still publishes under a hold of this kind.</summary>
    public static string LetsThrough(HoldKind kind) => kind switch
    {
        HoldKind.Freeze => "Nobody publishes.",
        HoldKind.CentralCoordination => "Only Comms and the people you name.",
        _ => "Everything needs Comms’ approval.",
    };

    /// <summary>Who publishes on an account that a hold of this kind covers.</summary>
    public static string StillPublish(HoldKind kind) => kind switch
    {
        HoldKind.Freeze => "Nobody publishes on it until the hold is lifted.",
        HoldKind.CentralCoordination => "Only Comms and the people it names publish on it, with what they write after it was placed.",
        _ => "What goes out on it needs Comms’ approval.",
    };

    /// <summary>Who placed it; for a rule whose words the reason begins with already, only that it was one.</summary>
    public static string Placer(Hold hold) => hold.Rule is not { } rule
        ? hold.PlacedByName
        : hold.Reason.StartsWith(rule, StringComparison.Ordinal) ? "placed by this rule itself" : "by " + rule;

    /// <summary><c>9 ms</c>, <c>1,204 ms</c>.</summary>
    public static string Millis(TimeSpan elapsed) =>
        Math.Max(1, Math.Round(elapsed.TotalMilliseconds)).ToString("#,0", CultureInfo.InvariantCulture) + " ms";
}
