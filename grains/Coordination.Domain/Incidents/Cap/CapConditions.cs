using System.Globalization;

namespace Coordination.Domain.Incidents.Cap;

/// <summary>What the standard's text asks beyond its schema: elements that need or rule out each other.</summary>
internal static class CapConditions
{
    /// <summary>Finds every fault of a message whose structure and values are right.</summary>
    public static List<CapFault> Check(CapNode alert)
    {
        var faults = new List<CapFault>();
        CheckReferences(alert, faults);
        CheckScope(alert, faults);
        var sent = Time(alert, "sent");
        var points = 0;
        foreach (var (info, path) in Numbered(alert, "alert", "info"))
        {
            CheckTimes(info, path, sent, faults);
            foreach (var (resource, resourcePath) in Numbered(info, path, "resource"))
            {
                CheckResource(resource, resourcePath, faults);
            }

            foreach (var (area, areaPath) in Numbered(info, path, "area"))
            {
                CheckHeights(area, areaPath, faults);
                points += area.All("polygon").Sum(p => CapValues.Words(p.Text).Length);
            }
        }

        if (points > CapLimits.MaxPoints)
        {
            faults.Add(new CapFault("alert", $"has {points} polygon points in all; the most is {CapLimits.MaxPoints}"));
        }

        return faults;
    }

    private static void CheckReferences(CapNode alert, List<CapFault> faults)
    {
        var type = alert.Value("msgType")!;
        if (type is not nameof(CapMsgType.Alert) && CapValues.Words(alert.Value("references") ?? string.Empty).Length == 0)
        {
            faults.Add(new CapFault("alert/references", $"names no message; msgType {type} must say which earlier messages it is about"));
        }
    }

    private static void CheckScope(CapNode alert, List<CapFault> faults)
    {
        var scope = alert.Value("scope");
        var restricted = alert.HasText("restriction");
        if (scope is nameof(CapScope.Restricted) && !restricted)
        {
            faults.Add(new CapFault("alert/restriction", "is missing or empty; scope Restricted must say for whom the message is"));
        }

        if (scope is not nameof(CapScope.Restricted) && restricted)
        {
            faults.Add(new CapFault("alert/restriction", $"is given although scope is {scope}; it belongs to scope Restricted"));
        }

        if (scope is nameof(CapScope.Private) && !alert.HasText("addresses"))
        {
            faults.Add(new CapFault("alert/addresses", "is missing or empty; scope Private must name whom the message is for"));
        }
    }

    private static void CheckTimes(CapNode info, string path, DateTimeOffset? sent, List<CapFault> faults)
    {
        // Effective defaults to the time of sending (section 3.2.2).
        if (Time(info, "expires") is { } expires && (Time(info, "effective") ?? sent) is { } from && expires < from)
        {
            faults.Add(new CapFault($"{path}/expires", $"lies before the message takes effect ({from:yyyy-MM-dd HH:mm:ss zzz})"));
        }
    }

    private static void CheckResource(CapNode resource, string path, List<CapFault> faults)
    {
        if (resource.Value("uri") is { } uri && CapValues.CheckAbsoluteUri(uri) is not null && !resource.HasText("derefUri"))
        {
            faults.Add(new CapFault($"{path}/uri", "is relative although the message does not carry the content in derefUri"));
        }
    }

    private static void CheckHeights(CapNode area, string path, List<CapFault> faults)
    {
        if (area.Value("ceiling") is not { } ceiling)
        {
            return;
        }

        if (area.Value("altitude") is not { } altitude)
        {
            faults.Add(new CapFault($"{path}/ceiling", "is given without an altitude"));
        }
        else if (CapValues.TryHeight(ceiling, out var high) && CapValues.TryHeight(altitude, out var low) && high < low)
        {
            faults.Add(new CapFault($"{path}/ceiling", "lies below the altitude"));
        }
    }

    private static DateTimeOffset? Time(CapNode node, string name) =>
        node.Value(name) is { } text && CapValues.TryTime(text, out var time) ? time : null;

    private static IEnumerable<(CapNode Node, string Path)> Numbered(CapNode parent, string path, string name) =>
        parent.All(name).Select((n, i) => (n, string.Create(CultureInfo.InvariantCulture, $"{path}/{name}[{i + 1}]")));
}
