using Coordination.Dashboard.Components.Board;
using Coordination.Dashboard.Live;
using Coordination.Domain.Accounts;

namespace Coordination.Pages.Tests;

public sealed class AccountListTests
{
    [Fact]
    public void Update_SortsByTheColumn_BothWays()
    {
        AccountRow[] rows = [Some.Account("x/b", "walsall"), Some.Account("x/a", "coventry"), Some.Account("x/c", null, null)];
        var list = new AccountList();

        list.Update(rows, rows, new BoardFilter(), "area", descending: false);
        Assert.Equal(["x/a", "x/b", "x/c"], Keys(list));
        list.Update(rows, rows, new BoardFilter(), "area", descending: true);
        Assert.Equal(["x/c", "x/b", "x/a"], Keys(list));
    }

    [Fact]
    public void Update_PutsAccountsWithoutANextPostLast_SortedByNextPost()
    {
        AccountRow With(string key, DateTimeOffset? next)
        {
            var row = Some.Account(key);
            return row with { Summary = row.Summary with { NextPostAt = next } };
        }

        AccountRow[] rows = [With("x/a", null), With("x/b", Some.Now.AddHours(2)), With("x/c", Some.Now.AddHours(1))];
        var list = new AccountList();
        list.Update(rows, rows, new BoardFilter(), "next", descending: false);

        Assert.Equal(["x/c", "x/b", "x/a"], Keys(list));
    }

    [Fact]
    public void Update_DoesNothing_WhenNothingItDependsOnIsAnother()
    {
        AccountRow[] rows = [Some.Account("x/a")];
        var list = new AccountList();

        Assert.True(list.Update(rows, rows, new BoardFilter(), "", descending: false));
        Assert.False(list.Update(rows, rows, new BoardFilter(), "", descending: false));
        Assert.True(list.Update(rows, new object(), new BoardFilter(), "", descending: false));
    }

    [Fact]
    public void Window_ServesAnyPart_OfAHundredThousandAccounts()
    {
        var rows = Enumerable.Range(0, 100_000).Select(i => Some.Account($"x/a{i:000000}")).ToArray();
        var list = new AccountList();
        list.Update(rows, rows, new BoardFilter(), "account", descending: false);

        Assert.Equal(100_000, list.Count);
        Assert.Equal(AccountKey.Parse("x/a099990"), list.Window(99_990, 50)[0].Summary.Key);
        Assert.Equal(10, list.Window(99_990, 50).Count);
        Assert.Empty(list.Window(100_000, 50));
    }

    private static IEnumerable<string> Keys(AccountList list) => list.Window(0, 10).Select(r => r.Summary.Key.Value);
}
