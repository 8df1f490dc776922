using Coordination.Domain.Schedule;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Dapper;
using Xunit;

namespace Coordination.Storage.Tests.Schedule;

/// <summary>Times on a wall against PostgreSQL's own zone data, which it reads from nobody here.</summary>
public sealed class ClockTests(FastPostgresFixture server)
{
    // The other way round: of all moments near it, which ones does PostgreSQL show as this time on the wall? The first; or, when none, the first that it shows later.
    private const string Sql = """
        with wall as (
            select d + t as local
            from generate_series(timestamp '2024-01-01', timestamp '2034-12-31', interval '1 day') d,
                 unnest(array[interval '9 hours', interval '30 minutes', interval '1 hour 30 minutes', interval '2 hours 30 minutes']) t)
        select local, coalesce(min(g) filter (where shown = local), min(g) filter (where shown > local)) as at, (count(*) filter (where shown = local))::integer as times
        from wall, generate_series(local at time zone 'UTC' - interval '3 hours', local at time zone 'UTC' + interval '3 hours', interval '30 minutes') g,
             lateral (select g at time zone @zone as shown) s
        group by local order by local
        """;

    [Theory]
    [InlineData("Europe/London")]
    [InlineData("Europe/Lisbon")]
    public async Task WallClock_AgreesWithTheDatabase_OverElevenYears(string zoneId)
    {
        await using var ground = await Ground.MakeAsync(server);
        Assert.True(WallClock.TryFindZone(zoneId, out var zone));
        await using var connection = await ground.Database.Main.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var rows = (await connection.QueryAsync<(DateTime Local, DateTime At, int Times)>(Sql, new { zone = zoneId })).ToList();

        Assert.Equal(4018 * 4, rows.Count);
        foreach (var (local, at, times) in rows)
        {
            var change = times switch { 0 => ClockChange.Skipped, 1 => ClockChange.None, _ => ClockChange.Twice };
            Assert.Equal(new WallTime(local, at, change), WallClock.At(local, zone));
        }

        // Two changes a year, each with its own time on the wall: without them this would show nothing.
        Assert.Equal((11, 11), (rows.Count(r => r.Times == 0), rows.Count(r => r.Times == 2)));
        Assert.Equal(2 * 11, rows.Where(r => r.Local.TimeOfDay == new TimeSpan(9, 0, 0)).Zip(rows.Where(r => r.Local.TimeOfDay == new TimeSpan(9, 0, 0)).Skip(1)).Count(p => (p.Second.At - p.First.At) != TimeSpan.FromDays(1)));
    }
}
