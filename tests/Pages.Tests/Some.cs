using Coordination.Dashboard.Live;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.Templates;
using Coordination.Storage.ReadModel;

namespace Coordination.Pages.Tests;

/// <summary>Ordinary values that tests start from.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    public static readonly Actor Manager = new("okafor", "R. Okafor", Role.CommsManager);

    public static readonly Actor Control = new("lowe", "K. Lowe", Role.FireControl);

    public static AccountRow Account(
        string key, string? area = "coventry", string? station = "binley", AccountKind kind = AccountKind.Local, string? department = null,
        AccountLifecycle lifecycle = AccountLifecycle.Connected, params Hold[] holds)
    {
        var parsed = AccountKey.Parse(key);
        var labels = new AccountLabels(parsed.PlatformId, kind, area, station, department);
        var summary = new AccountSummary
        {
            Key = parsed, Version = 1, DisplayName = key, Labels = labels, Lifecycle = lifecycle,
            Contact = new NamedContact("A. Begum", "a.begum@example.org", "0121 496 0001"),
        };
        return new AccountRow(summary, EffectiveLock.Of(parsed, labels, holds));
    }

    public static Hold Hold(string id, HoldKind kind, Scope scope, long sequence = 1) => new()
    {
        Id = id, Kind = kind, Scope = scope, Reason = "Families not told", PlacedBy = "okafor", PlacedByName = "R. Okafor",
        PlacedByRole = Role.CommsManager, PlacedAt = Now, Sequence = sequence,
    };

    public static PostRow Post(string state = "held", string account = "x/demo_wmfs_binley") => new()
    {
        Id = Guid.NewGuid(), Account = account, Text = "Test your smoke alarm.", State = state, DueAt = Now, ToleranceSeconds = 300,
        PosterId = "marsh", PosterName = "J. Marsh", CreatedAt = Now.AddHours(-1),
    };

    public static PostTemplate Template(string id, string text) => new(id, id, text, null, 1, Now, "okafor", "R. Okafor");
}
