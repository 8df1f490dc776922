using System.Collections.Immutable;
using Coordination.Dashboard.Live;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;

namespace Coordination.SystemTests.Live;

/// <summary>The replica's pictures, without any process.</summary>
public sealed class BoardImageTests
{
    [Fact]
    public void Next_KeepsTheNewer_WhenSummariesComeInAnyOrder()
    {
        var (image, _) = BoardImage.Empty.Next([Summary("x/a", 3)], null);
        var (same, nothing) = image.Next([Summary("x/a", 2), Summary("x/a", 3)], null);
        Assert.Same(image, same);
        Assert.Null(nothing);
        var (newer, change) = image.Next([Summary("x/a", 4)], null);
        Assert.Equal(4, newer.Accounts.Values.Single().Summary.Version);
        Assert.Equal(newer.Revision, change!.Accounts.Single().Revision);
    }

    [Fact]
    public void Next_RelocksExactlyWhatAHoldCovers_AndCountsIt()
    {
        var (image, _) = BoardImage.Empty.Next([Summary("x/a", 1, "coventry"), Summary("x/b", 1, "dudley"), Summary("x/c", 1, "coventry", AccountLifecycle.Retired)], null);
        var hold = Hold("H-000001", 1, new Scope { Areas = ["coventry"] });
        var (held, change) = image.Next([], [hold]);
        Assert.Equal(["x/a", "x/c"], change!.Accounts.Select(r => r.Summary.Key.Value).Order(StringComparer.Ordinal));
        Assert.True(change.HoldsChanged);
        Assert.Equal("held", held.Accounts[Key("x/a")].State);
        Assert.Equal("open", held.Accounts[Key("x/b")].State);
        Assert.Equal("retired", held.Accounts[Key("x/c")].State);
        Assert.Equal((2, 1), (held.Live, held.Held));

        var (open, _) = held.Next([], ImmutableArray<Hold>.Empty);
        Assert.Equal("open", open.Accounts[Key("x/a")].State);
        Assert.Equal(0, open.Held);
    }

    [Fact]
    public void Next_StaysHeld_UntilTheLastCoveringHoldIsGone()
    {
        var (one, two) = (Hold("H-000001", 1, new Scope { Areas = ["coventry"] }), Hold("H-000002", 2, Scope.LocalAccounts));
        var image = BoardImage.Empty.Next([Summary("x/a", 1, "coventry")], [one, two]).Image;
        Assert.Equal(["H-000001", "H-000002"], image.Accounts[Key("x/a")].Lock.HoldIds);
        image = image.Next([], [two]).Image;
        Assert.Equal("held", image.Accounts[Key("x/a")].State);
        image = image.Next([], ImmutableArray<Hold>.Empty).Image;
        Assert.Equal("open", image.Accounts[Key("x/a")].State);
    }

    [Theory]
    [InlineData(AccountLifecycle.Retired, true, "retired")]
    [InlineData(AccountLifecycle.Requested, true, "requested")]
    [InlineData(AccountLifecycle.Approved, true, "held")]
    [InlineData(AccountLifecycle.Approved, false, "attention")]
    [InlineData(AccountLifecycle.Connected, true, "held")]
    [InlineData(AccountLifecycle.Connected, false, "open")]
    public void State_IsTheFirstThatApplies(AccountLifecycle lifecycle, bool held, string state)
    {
        ImmutableArray<Hold> holds = held ? [Hold("H-000001", 1, Scope.Everything)] : [];
        Assert.Equal(state, BoardImage.Empty.Next([Summary("x/a", 1, "coventry", lifecycle)], holds).Image.Accounts.Values.Single().State);
    }

    [Fact]
    public void Next_HasKeysInOrderAndEveryLabel_WhenAccountsCome()
    {
        var image = BoardImage.Empty.Next([Summary("x/b", 1, "dudley"), Summary("mastodon/a", 1, "coventry")], null).Image;
        Assert.Equal(["mastodon/a", "x/b"], image.Keys.Select(k => k.Value));
        Assert.Equal(["coventry", "dudley"], image.Labels.Areas);
        Assert.Equal(["mastodon", "x"], image.Labels.Platforms);
    }

    private static AccountKey Key(string text) => AccountKey.Parse(text);

    private static AccountSummary Summary(string key, long version, string area = "coventry", AccountLifecycle lifecycle = AccountLifecycle.Connected) => new()
    {
        Key = Key(key),
        Version = version,
        DisplayName = key,
        Labels = new AccountLabels(Key(key).PlatformId, AccountKind.Local, area, null, null),
        Lifecycle = lifecycle,
    };

    private static Hold Hold(string id, long sequence, Scope scope) => new()
    {
        Id = id,
        Kind = HoldKind.Freeze,
        Scope = scope,
        Reason = "A test needs it",
        PlacedBy = "somebody",
        PlacedByName = "Somebody",
        PlacedByRole = Role.CommsManager,
        PlacedAt = DateTimeOffset.UnixEpoch,
        Sequence = sequence,
    };
}
