using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Live;

namespace Coordination.Dashboard.Components.Board;

/// <summary>The table's rows, filtered and sorted once and served in windows, so that 100,000 accounts scroll as 100 do.</summary>
public sealed class AccountList
{
    private object? _of;
    private BoardFilter _filter = new();
    private string _sort = "";
    private bool _descending;
    private List<AccountRow> _rows = [];

    /// <summary>How many rows there are.</summary>
    public int Count => _rows.Count;

    /// <summary>Works the list out again if anything it depends on is another.</summary>
    /// <param name="accounts">All rows.</param>
    /// <param name="of">Stands for the state of the rows: the same object, the same rows.</param>
    /// <param name="filter">What is shown.</param>
    /// <param name="sort">Column: <c>account area station platform contact next last state</c>; anything else sorts by account.</param>
    /// <param name="descending">Largest first.</param>
    /// <returns>Whether it was worked out again.</returns>
    public bool Update(IEnumerable<AccountRow> accounts, object of, BoardFilter filter, string sort, bool descending)
    {
        if (ReferenceEquals(of, _of) && filter == _filter && string.Equals(sort, _sort, StringComparison.Ordinal) && descending == _descending)
        {
            return false;
        }

        (_of, _filter, _sort, _descending) = (of, filter, sort, descending);
        var rows = accounts.Where(filter.Admits).ToList();
        var by = Key(sort);
        var keys = rows.ConvertAll(row => (Key: by(row), Row: row));
        keys.Sort((a, b) => Compare(a, b) * (descending ? -1 : 1));
        _rows = keys.ConvertAll(k => k.Row);
        return true;
    }

    /// <summary>A window of the list.</summary>
    public IReadOnlyList<AccountRow> Window(int skip, int take) =>
        skip >= _rows.Count ? [] : _rows.GetRange(Math.Max(0, skip), Math.Min(take, _rows.Count - Math.Max(0, skip)));

    private static int Compare((string Key, AccountRow Row) a, (string Key, AccountRow Row) b)
    {
        var order = string.CompareOrdinal(a.Key, b.Key);
        return order != 0 ? order : a.Row.Summary.Key.CompareTo(b.Row.Summary.Key);
    }

    // Times sort as text in ISO form; none sorts after all.
    private static Func<AccountRow, string> Key(string sort) => sort switch
    {
        "area" => row => row.Summary.Labels.Area ?? "~",
        "station" => row => Names.Home(row.Summary.Labels),
        "platform" => row => row.Summary.Labels.Platform,
        "contact" => row => row.Summary.Contact?.Name ?? "~",
        "next" => row => row.Summary.NextPostAt?.UtcDateTime.ToString("s", System.Globalization.CultureInfo.InvariantCulture) ?? "~",
        "last" => row => row.Summary.LastPostAt?.UtcDateTime.ToString("s", System.Globalization.CultureInfo.InvariantCulture) ?? "~",
        "state" => row => row.State + (row.Lock.Strictest is { } kind ? ((int)kind).ToString(System.Globalization.CultureInfo.InvariantCulture) : ""),
        _ => row => row.Summary.Key.Value,
    };
}
