using Coordination.Domain.Brigade;

namespace Coordination.Domain.Accounts;

/// <summary>Labels as somebody wrote them: nothing is checked yet.</summary>
/// <param name="Platform">Platform id.</param>
/// <param name="Kind"><c>corporate</c> or <c>local</c>.</param>
/// <param name="Area">Area id; empty or null for none, or for the station's.</param>
/// <param name="Station">Station id; empty or null for none.</param>
/// <param name="Department">Department id; empty or null for none.</param>
public sealed record LabelWish(string Platform, string? Kind, string? Area, string? Station, string? Department);

/// <summary>Which labels an account may have: a corporate account speaks for the whole service, a local one for one station or department of the brigade's map.</summary>
public static class LabelRules
{
    /// <summary>Reads labels.</summary>
    /// <param name="wish">As they were written.</param>
    /// <param name="map">Areas, stations and departments that they may name.</param>
    /// <param name="faults">Takes what is wrong, by field: <c>kind</c>, <c>area</c>, <c>station</c>, <c>department</c>.</param>
    /// <returns>The labels, the area of a station's account being the station's; null when anything is wrong.</returns>
    public static AccountLabels? Read(LabelWish wish, BrigadeMap map, ICollection<FieldFault> faults)
    {
        var before = faults.Count;
        AccountKind? kind = wish.Kind switch
        {
            var k when string.Equals(k, "corporate", StringComparison.OrdinalIgnoreCase) => AccountKind.Corporate,
            var k when string.Equals(k, "local", StringComparison.OrdinalIgnoreCase) => AccountKind.Local,
            _ => null,
        };
        if (kind is null)
        {
            faults.Add(new FieldFault("kind", $"kind {FieldRules.Quote(wish.Kind ?? "")} is neither corporate nor local"));
        }

        var area = Known("area", wish.Area, id => map.TryFindArea(id, out var found) ? found : null, map.Areas.Select(a => a.Id), faults);
        var department = Known("department", wish.Department, id => map.TryFindDepartment(id, out var found) ? found : null, map.Departments.Select(d => d.Id), faults);
        var station = Known("station", wish.Station, id => map.TryFindStation(id, out var found) ? found : null, known: null, faults);
        if (area is not null && station is not null && !string.Equals(station.AreaId, area.Id, StringComparison.Ordinal))
        {
            faults.Add(new FieldFault("station", $"station '{station.Id}' is not in area '{area.Id}'; it is in '{station.AreaId}'"));
        }

        CheckHome(kind, wish, faults);
        return faults.Count == before ? new AccountLabels(wish.Platform, kind!.Value, station?.AreaId ?? area?.Id, station?.Id, department?.Id) : null;
    }

    private static void CheckHome(AccountKind? kind, LabelWish wish, ICollection<FieldFault> faults)
    {
        var (area, station, department) = (IsGiven(wish.Area), IsGiven(wish.Station), IsGiven(wish.Department));
        switch (kind)
        {
            case AccountKind.Corporate when station || area:
                faults.Add(new FieldFault("station", "a corporate account speaks for the whole service; leave its area and station empty"));
                break;
            case AccountKind.Local when !station && !department:
                faults.Add(new FieldFault("station", "a local account belongs to a station or a department; name one"));
                break;
            case AccountKind.Local when station && department:
                faults.Add(new FieldFault("department", "a local account belongs to a station or a department; name only one"));
                break;
        }
    }

    private static T? Known<T>(string field, string? id, Func<string, T?> find, IEnumerable<string>? known, ICollection<FieldFault> faults)
        where T : class
    {
        if (!IsGiven(id))
        {
            return null;
        }

        if (find(id!) is { } found)
        {
            return found;
        }

        var help = known is null ? $"write a {field}'s id, such as sutton-coldfield" : $"the service knows {string.Join(", ", known)}";
        faults.Add(new FieldFault(field, $"{field} {FieldRules.Quote(id!)} is not known; {help}"));
        return null;
    }

    private static bool IsGiven(string? id) => !string.IsNullOrEmpty(id);
}
