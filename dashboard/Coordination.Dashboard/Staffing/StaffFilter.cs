using Coordination.Dashboard.Live;
using Coordination.Domain.People;
using Coordination.Storage.People;

namespace Coordination.Dashboard.Staffing;

/// <summary>Which people of the directory; what is not said narrows nothing.</summary>
/// <param name="Words">A part of the name, or of the id.</param>
/// <param name="Role">Those with a role.</param>
/// <param name="State">Those in a state.</param>
/// <param name="Station">Those who may publish on an account of a station, by their role and accounts.</param>
public sealed record StaffFilter(string? Words = null, Role? Role = null, StaffState? State = null, string? Station = null)
{
    /// <summary>Those who fit, in the order they came.</summary>
    public IReadOnlyList<StaffRecord> Of(IEnumerable<StaffRecord> staff, IEnumerable<AccountRow> accounts)
    {
        var words = Words?.Trim() ?? "";
        AccountRow[] there = string.IsNullOrEmpty(Station) ? [] : [.. accounts.Where(a => string.Equals(a.Summary.Labels.Station, Station, StringComparison.Ordinal))];
        return
        [
            .. staff.Where(s => words.Length == 0 || s.Entry.Name.Contains(words, StringComparison.OrdinalIgnoreCase) || s.Id.Contains(words, StringComparison.OrdinalIgnoreCase))
                .Where(s => Role is null || s.Entry.Role == Role)
                .Where(s => State is null || s.State == State)
                .Where(s => string.IsNullOrEmpty(Station) || there.Any(a => s.Entry.PublishesOn?.Covers(a.Summary.Key, a.Summary.Labels) == true)),
        ];
    }
}
