using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Live;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;

namespace Coordination.Dashboard.Components.Board;

/// <summary>A station or department on the board.</summary>
/// <param name="Name">As on screen.</param>
/// <param name="Query">What finds it again in the table.</param>
/// <param name="Next">When its next post is due, short; a dash for none.</param>
/// <param name="Accounts">Its accounts, by platform.</param>
public sealed record Tile(string Name, string Query, string Next, IReadOnlyList<AccountRow> Accounts);

/// <summary>An area on the board, or the departments and corporate accounts.</summary>
/// <param name="Id">The area's id; empty for departments and corporate.</param>
/// <param name="Name">As on screen.</param>
/// <param name="Accounts">How many accounts it shows.</param>
/// <param name="HeldAs">The strictest kind of hold that covers all of it: then its header says so, once.</param>
/// <param name="Columns">Tiles side by side.</param>
/// <param name="Tiles">Its tiles, by name.</param>
public sealed record AreaCard(string Id, string Name, int Accounts, HoldKind? HeldAs, int Columns, IReadOnlyList<Tile> Tiles);

/// <summary>The board of stations, laid out so that an ordinary estate needs no scrolling.</summary>
/// <param name="Rows">Cards side by side, row by row.</param>
/// <param name="Accounts">Accounts shown.</param>
/// <param name="Stations">Stations shown.</param>
/// <param name="Areas">Areas shown.</param>
public sealed record BoardView(IReadOnlyList<IReadOnlyList<AreaCard>> Rows, int Accounts, int Stations, int Areas)
{
    /// <summary>Tiles that fit side by side.</summary>
    private const int Width = 6;

    /// <summary>Makes the view. Retired accounts are not on the board; the table has them.</summary>
    public static BoardView Of(IEnumerable<AccountRow> accounts, IReadOnlyCollection<Hold> holds, BoardFilter filter, DateTimeOffset now)
    {
        var shown = accounts.Where(row => row.State is not "retired" && filter.Admits(row)).ToList();
        var kinds = holds.ToDictionary(hold => hold.Id, hold => hold.Kind, StringComparer.Ordinal);
        var cards = shown
            .GroupBy(row => row.Summary.Labels.Station is null ? "" : row.Summary.Labels.Area ?? "", StringComparer.Ordinal)
            .Select(area => Card(area.Key, [.. area], kinds, now))
            .ToList();
        var places = cards.Where(c => c.Id.Length > 0).OrderByDescending(c => c.Tiles.Count).ThenBy(c => c.Name, StringComparer.Ordinal).ToList();
        var rows = Pack(places);
        rows.AddRange(cards.Where(c => c.Id.Length == 0).Select(c => (IReadOnlyList<AreaCard>)[c]));
        return new BoardView(rows, shown.Count, places.Sum(c => c.Tiles.Count), places.Count);
    }

    private static AreaCard Card(string area, List<AccountRow> rows, Dictionary<string, HoldKind> kinds, DateTimeOffset now)
    {
        var tiles = rows
            .GroupBy(row => Names.Home(row.Summary.Labels), StringComparer.Ordinal)
            .OrderBy(tile => tile.Key is "Whole service" ? 0 : 1).ThenBy(tile => tile.Key, StringComparer.Ordinal)
            .Select(tile => new Tile(tile.Key, QueryOf(tile.First().Summary.Labels), NextOf(tile, now), [.. tile.OrderBy(Rank).ThenBy(r => r.Summary.Key.Value, StringComparer.Ordinal)]))
            .ToList();
        return new AreaCard(area, area.Length == 0 ? "Departments and corporate" : Names.Place(area), rows.Count, HeldAs(rows, kinds), area.Length == 0 ? Math.Min(Width, tiles.Count) : ColumnsFor(tiles.Count), tiles);
    }

    // The strictest kind that covers every account of the area; single accounts may be under a stricter one besides.
    private static HoldKind? HeldAs(List<AccountRow> rows, Dictionary<string, HoldKind> kinds) =>
        Enum.GetValues<HoldKind>().Reverse().Cast<HoldKind?>().FirstOrDefault(kind => rows.TrueForAll(row => row.Lock.HoldIds.Any(id => kinds.TryGetValue(id, out var k) && k == kind)));

    private static int Rank(AccountRow row) => row.Summary.Labels.Platform switch { "x" => 0, "facebook" => 1, "mastodon" => 2, "bluesky" => 3, "threads" => 4, _ => 5 };

    private static string QueryOf(AccountLabels labels) =>
        labels.Station is null && labels.Department is null ? "kind=corporate" : "q=" + Uri.EscapeDataString(Names.Home(labels));

    private static string NextOf(IEnumerable<AccountRow> rows, DateTimeOffset now) =>
        rows.Min(row => row.Summary.NextPostAt) is { } next ? UkTime.Short(next, now) : "–";

    // As few columns as give the same number of rows: wider tiles, no taller card.
    private static int ColumnsFor(int tiles)
    {
        if (tiles <= Width)
        {
            return Math.Max(1, (tiles + 1) / 2);
        }

        var rows = (tiles + Width - 1) / Width;
        return (tiles + rows - 1) / rows;
    }

    // First fit, largest first: rows of at most Width tiles.
    private static List<IReadOnlyList<AreaCard>> Pack(List<AreaCard> cards)
    {
        var rows = new List<List<AreaCard>>();
        foreach (var card in cards)
        {
            var row = rows.Find(r => r.Sum(c => c.Columns) + card.Columns <= Width && r[0].Tiles.Count <= Width);
            if (row is null)
            {
                rows.Add([card]);
            }
            else
            {
                row.Add(card);
            }
        }

        return [.. rows];
    }
}
