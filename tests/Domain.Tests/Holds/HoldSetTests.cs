using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Holds;

/// <summary>The laws of scopes, and of the set of holds that makes an account's lock.</summary>
public sealed class HoldSetTests
{
    private static readonly Gen<string?> AnArea = OneOf<string?>("birmingham", "coventry", null);
    private static readonly Gen<(AccountKey Key, AccountLabels Labels)> AnAccount = Gen.Select(
        OneOf("x", "mastodon"), OneOf(AccountKind.Local, AccountKind.Corporate), AnArea, OneOf<string?>("aston", "bilston", null),
        (platform, kind, area, station) => (AccountKey.Parse($"{platform}/demo"), new AccountLabels(platform, kind, area, station, null)));

    private static readonly Gen<Scope> Plain = Gen.Select(
        Gen.Bool, List("birmingham", "coventry"), List("aston", "bilston"), List("x", "mastodon"), List("local", "corporate"),
        (all, areas, stations, platforms, kinds) => new Scope { All = all, Areas = areas, Stations = stations, Platforms = platforms, Kinds = kinds });

    private static readonly Gen<Scope> AScope = Gen.Select(Plain, Plain, Gen.Bool, (scope, except, minus) => minus ? scope with { Except = except } : scope);

    private static readonly Gen<Hold[]> SomeHolds = Gen.Select(AScope, Gen.Enum<HoldKind>(), Gen.Bool, (scope, kind, stands) => (scope, kind, stands))
        .Array[0, 6].Select(parts => parts.Select((p, i) => AHold(i + 1, p.scope, p.kind, p.stands)).ToArray());

    [Fact]
    public void Scope_CoversNothing_WhenEmpty() => AnAccount.SampleSeeded(a => !new Scope().Covers(a.Key, a.Labels) && !new Scope { Areas = [] }.Covers(a.Key, a.Labels));

    [Fact]
    public void Scope_CoversEverything_WhenAll() => AnAccount.SampleSeeded(a => Scope.Everything.Covers(a.Key, a.Labels));

    [Fact]
    public void Except_Wins() => Gen.Select(AScope, AnAccount).SampleSeeded((scope, a) =>
        scope.Except is null || !scope.Except.Covers(a.Key, a.Labels) || !scope.Covers(a.Key, a.Labels));

    [Fact]
    public void Except_TakesOut_AndNeverAdds() => Gen.Select(Plain, Plain, AnAccount).SampleSeeded((scope, except, a) =>
        (scope with { Except = except }).Covers(a.Key, a.Labels) == (scope.Covers(a.Key, a.Labels) && !except.Covers(a.Key, a.Labels)));

    [Fact]
    public void Dimensions_Narrow_AndLabelsWiden() => Gen.Select(Plain, AnAccount).SampleSeeded((scope, a) =>
        scope.IsEmpty
        || ((!scope.Covers(a.Key, a.Labels) || (scope with { All = true, Areas = null }).Covers(a.Key, a.Labels))
            && (!scope.Covers(a.Key, a.Labels) || scope.Areas is not { Count: > 0 } || (scope with { Areas = [.. scope.Areas, "solihull"] }).Covers(a.Key, a.Labels))));

    [Fact]
    public void Scope_CoversNoUnlabelledAccount_ByALabel() =>
        Assert.False(new Scope { Areas = ["birmingham"] }.Covers(AccountKey.Parse("x/demo"), new AccountLabels("x", AccountKind.Corporate, null, null, null)));

    [Fact]
    public void Lock_IsOpen_ExactlyWhenNoStandingHoldCovers() => Gen.Select(SomeHolds, AnAccount).SampleSeeded((holds, a) =>
        EffectiveLock.Of(a.Key, a.Labels, holds).IsHeld == holds.Any(h => h.Stands && h.Scope.Covers(a.Key, a.Labels)));

    [Fact]
    public void Lock_IsTheSame_InAnyOrder() => Gen.Select(SomeHolds, AnAccount, Gen.Int).SampleSeeded((holds, a, seed) =>
    {
        var shuffled = holds.ToArray();
        new Random(seed).Shuffle(shuffled);
        return Words(EffectiveLock.Of(a.Key, a.Labels, holds)) == Words(EffectiveLock.Of(a.Key, a.Labels, shuffled));
    });

    [Fact]
    public void Lock_TakesTheStrictest_AndNamesAllOldestFirst() => Gen.Select(SomeHolds, AnAccount).SampleSeeded((holds, a) =>
    {
        var covering = holds.Where(h => h.Stands && h.Scope.Covers(a.Key, a.Labels)).ToArray();
        var effective = EffectiveLock.Of(a.Key, a.Labels, holds);
        return effective.HoldIds.SequenceEqual(covering.Select(h => h.Id))
            && effective.Strictest == (covering.Length == 0 ? null : covering.Max(h => h.Kind));
    });

    [Fact]
    public void Account_Opens_WhenItsLastHoldIsLifted() => Gen.Select(SomeHolds, AnAccount).SampleSeeded((holds, a) =>
    {
        // Lifted one after the other, the account stays held exactly as long as one that covers it stands.
        for (var i = 0; i <= holds.Length; i++)
        {
            var left = holds.Select((h, n) => n < i ? h with { LiftedSequence = 100 + n } : h).ToArray();
            if (EffectiveLock.Of(a.Key, a.Labels, left).IsHeld != left.Skip(i).Any(h => h.Stands && h.Scope.Covers(a.Key, a.Labels)))
            {
                return false;
            }
        }

        return true;
    });

    [Theory]
    [InlineData(HoldKind.Freeze, "named", true)]
    [InlineData(HoldKind.Freeze, "other", true)]
    [InlineData(HoldKind.CentralCoordination, "named", false)]
    [InlineData(HoldKind.CentralCoordination, "Named", true)]
    [InlineData(HoldKind.CentralCoordination, "other", true)]
    [InlineData(HoldKind.ApprovalRequired, "named", true)]
    public void RefusesNewPost_LetsANamedPosterThrough_UnderCentralCoordinationAlone(HoldKind kind, string poster, bool refused)
    {
        var hold = AHold(1, Scope.Everything, kind, stands: true) with { NamedPosters = ["named"] };
        var labels = new AccountLabels("x", AccountKind.Local, null, null, null);
        Assert.Equal(refused, hold.RefusesNewPost(AccountKey.Parse("x/demo"), labels, poster));
        Assert.False((hold with { LiftedSequence = 2 }).RefusesNewPost(AccountKey.Parse("x/demo"), labels, poster));
        Assert.False((hold with { Scope = new Scope() }).RefusesNewPost(AccountKey.Parse("x/demo"), labels, poster));
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<IReadOnlyList<string>?> List(string a, string b) => OneOf<IReadOnlyList<string>?>(null, null, [], [a], [b], [a, b]);

    private static string Words(EffectiveLock effective) => $"{effective.Strictest} {string.Join(',', effective.HoldIds)}";

    private static Hold AHold(int sequence, Scope scope, HoldKind kind, bool stands) => new()
    {
        Id = $"H-{sequence:000000}",
        Kind = kind,
        Scope = scope,
        Reason = "Reason",
        PlacedBy = "comms",
        PlacedByName = "Comms",
        PlacedByRole = Role.CommsManager,
        PlacedAt = DateTimeOffset.UnixEpoch,
        Sequence = sequence,
        LiftedSequence = stands ? null : 1000 + sequence,
    };
}
