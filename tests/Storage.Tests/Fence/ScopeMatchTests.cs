using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Testing;
using CsCheck;
using Xunit;

namespace Coordination.Storage.Tests.Fence;

/// <summary>The domain's scope and the database's give the same answer, always.</summary>
public sealed class ScopeMatchTests(FastPostgresFixture server)
{
    private static readonly string[] Ids = ["a", "b", "c"];

    private static readonly Gen<IReadOnlyList<string>?> Dimension = Gen.OneOf(
        Gen.Const((IReadOnlyList<string>?)null),
        Gen.Const((IReadOnlyList<string>?)[]),
        Gen.OneOfConst(Ids).Array[1, 2].Select(x => (IReadOnlyList<string>?)x));

    private static readonly Gen<IReadOnlyList<string>?> Platforms = Gen.OneOfConst<IReadOnlyList<string>?>(null, null, ["x"], ["x", "mastodon"], []);

    private static readonly Gen<IReadOnlyList<string>?> Kinds = Gen.OneOfConst<IReadOnlyList<string>?>(null, null, ["local"], ["corporate"]);

    private static readonly Gen<IReadOnlyList<string>?> Accounts = Gen.OneOfConst<IReadOnlyList<string>?>(null, null, null, ["x/a"], ["x/a", "mastodon/b"]);

    private static readonly Gen<Scope> Plain = Gen.Select(
        Gen.Bool, Dimension, Dimension, Dimension, Platforms, Kinds, Accounts,
        (all, areas, stations, departments, platforms, kinds, accounts) => new Scope
        {
            All = all, Areas = areas, Stations = stations, Departments = departments, Platforms = platforms, Kinds = kinds, Accounts = accounts,
        });

    private static readonly Gen<Scope> Scopes = Gen.Select(Plain, Gen.Bool, Plain, (scope, hasExcept, except) => hasExcept ? scope with { Except = except } : scope);

    private static readonly Gen<(AccountKey Key, AccountLabels Labels)> Labelled = Gen.Select(
        Gen.OneOfConst("x", "mastodon"), Gen.OneOfConst(Ids), Gen.Bool, Gen.OneOfConst<string?>("a", "b", "d", null), Gen.OneOfConst<string?>("a", "b", "d", null), Gen.OneOfConst<string?>("a", null),
        (platform, handle, local, area, station, department) => (
            AccountKey.Parse($"{platform}/{handle}"),
            new AccountLabels(platform, local ? AccountKind.Local : AccountKind.Corporate, area, station, department)));

    [Fact]
    public async Task Scope_CoversTheSame_InDomainAndDatabase()
    {
        await using var ground = await Ground.MakeAsync(server);
        var seen = (True: 0, False: 0);
        await Gen.Select(Scopes, Labelled).Array[500].SampleAsync(
            async batch =>
            {
                var wanted = batch.Select(c => c.Item1.Covers(c.Item2.Key, c.Item2.Labels)).ToArray();
                var got = await ground.ScalarAsync<bool[]>(
                    """
                    select array_agg(scope_covers(s::jsonb, k, p, d, nullif(a, ''), nullif(t, ''), nullif(e, '')) order by n)
                    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) with ordinality as c(s, k, p, d, a, t, e, n)
                    """,
                    Column(batch, c => JsonSerializer.Serialize(c.Scope, StorageJson.Options)),
                    Column(batch, c => c.Key.Value),
                    Column(batch, c => c.Labels.Platform),
                    Column(batch, c => c.Labels.Kind.Id()),
                    Column(batch, c => c.Labels.Area ?? ""),
                    Column(batch, c => c.Labels.Station ?? ""),
                    Column(batch, c => c.Labels.Department ?? ""));
                for (var i = 0; i < wanted.Length; i++)
                {
                    Assert.True(
                        wanted[i] == got[i],
                        $"Domain says {wanted[i]}, database {got[i]}: {JsonSerializer.Serialize(batch[i].Item1, StorageJson.Options)} on {batch[i].Item2}");
                }

                seen = (seen.True + wanted.Count(x => x), seen.False + wanted.Count(x => !x));
            },
            iter: 40,
            threads: 1);

        Assert.True(seen.True > 1000 && seen.False > 1000, $"Covered {seen.True}, not covered {seen.False}: too lopsided to show much.");
    }

    private static string[] Column((Scope, (AccountKey, AccountLabels))[] batch, Func<(Scope Scope, AccountKey Key, AccountLabels Labels), string> of) =>
        [.. batch.Select(c => of((c.Item1, c.Item2.Item1, c.Item2.Item2)))];
}
