using System.Globalization;
using Coordination.Dashboard.Incidents.Pull;
using Coordination.Domain.Incidents.Feeds;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;
using Coordination.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Coordination.Pages.Tests.Feeds;

/// <summary>Several hosts on one database: one of them polls a feed at a time, another goes on where one stopped, and each message is fetched once.</summary>
public sealed class FeedHostsTests(FastPostgresFixture postgres) : IClassFixture<FastPostgresFixture>
{
    private static readonly Actor Manager = new("rowan-demo", "Rowan", Role.CommsManager);

    [Fact]
    public async Task TwoHosts_FetchEachMessageOnce_AndNeverPollTogether()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        string[] entries = [.. Enumerable.Range(0, 30).Select(i => Atoms.Linked($"urn:{i}", string.Create(CultureInfo.InvariantCulture, $"/{i}.cap"), i))];
        for (var i = 0; i < entries.Length; i++)
        {
            ground.Server.Serve(string.Create(CultureInfo.InvariantCulture, $"/{i}.cap"), Atoms.CapBytes(string.Create(CultureInfo.InvariantCulture, $"M{i}")), "application/cap+xml");
        }

        // Messages are fetched one after the other by one host: two at a time would be two hosts.
        var (now, most, version) = (0, 0, 0);
        ground.Server.On("/feed.atom", async context =>
        {
            var at = Interlocked.Increment(ref now);
            InterlockedMax(ref most, at);
            await context.Response.Body.WriteAsync(Atoms.Feed(entries[..Math.Min(entries.Length, 10 * Interlocked.Increment(ref version))]));
            Interlocked.Decrement(ref now);
        });
        var pullers = new[] { ground.Host(TimeProvider.System), ground.Host(TimeProvider.System) }.Select(h => h.GetRequiredService<FeedPuller>()).ToArray();
        foreach (var puller in pullers)
        {
            await puller.StartAsync(CancellationToken.None);
        }

        await Eventually.Becomes(
            async () =>
            {
                await ground.ExecuteAsync("update alert_feed set next_at = clock_timestamp(), tried_at = null");
                Array.ForEach(pullers, p => p.Knock());
                return await ground.ScalarAsync<long>("select count(*) from alert_feed_entry where state = 'taken'") == entries.Length && version > 6;
            },
            "all messages are taken, over several polls");
        foreach (var puller in pullers)
        {
            await puller.StopAsync(CancellationToken.None);
        }

        Assert.Equal(1, most);
        Assert.All(Enumerable.Range(0, entries.Length), i => Assert.Equal(1, ground.Server.Count(string.Create(CultureInfo.InvariantCulture, $"/{i}.cap"))));
        Assert.Equal(entries.Length, ground.Desk.Received.Count);
    }

    [Fact]
    public async Task Claim_ByManyHostsAtOnce_HasOneWinner()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ground.Feeds.KnowAsync(PullGround.Id, Guid.Empty, CancellationToken.None)));
        for (var round = 0; round < 5; round++)
        {
            await ground.ExecuteAsync("update alert_feed set lease = null, leased_until = null");
            var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => ground.Feeds.ClaimAsync([PullGround.Id, "unknown"], FeedPull.Lease, 8, CancellationToken.None)));
            Assert.Single(claims.SelectMany(c => c));
        }
    }

    [Fact]
    public async Task Lease_GoesOnWithEachEntryOfItsHost_AndWhoLostIt_ChangesNothing()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        await ground.Feeds.KnowAsync(PullGround.Id, Guid.Empty, CancellationToken.None);
        var lost = Assert.Single(await ground.Feeds.ClaimAsync([PullGround.Id], TimeSpan.Zero, 1, CancellationToken.None));
        var mine = Assert.Single(await ground.Feeds.ClaimAsync([PullGround.Id], FeedPull.Lease, 1, CancellationToken.None));
        var entry = new NotedEntry(Guid.NewGuid(), "urn:a", null, FeedEntryState.Failed, "It is gone.", null, null, false);
        Assert.False(await ground.Feeds.NoteAsync(lost, entry, TimeSpan.FromHours(2), CancellationToken.None));
        Assert.False(await ground.Feeds.SettleAsync(lost, new PollEnd(true, "\"v1\"", null, TimeSpan.Zero, null, null, []), CancellationToken.None));
        await ground.Feeds.ReleaseAsync(lost, TimeSpan.Zero, CancellationToken.None);
        Assert.Empty(await ground.Feeds.ClaimAsync([PullGround.Id], FeedPull.Lease, 1, CancellationToken.None));
        Assert.False(await ground.ScalarAsync<bool>("select leased_until > clock_timestamp() + interval '1 hour' from alert_feed"));
        Assert.Empty((await ground.StandingAsync()).Trouble);

        Assert.True(await ground.Feeds.NoteAsync(mine, entry, TimeSpan.FromHours(2), CancellationToken.None));
        Assert.True(await ground.ScalarAsync<bool>("select leased_until > clock_timestamp() + interval '1 hour' from alert_feed"));
    }

    [Fact]
    public async Task Host_ThatStops_LetsGoOfItsFeed_AndOneThatDies_LosesItsLease()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.On("/feed.atom", context => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        var puller = ground.Host(TimeProvider.System).GetRequiredService<FeedPuller>();
        await puller.StartAsync(CancellationToken.None);
        await Eventually.Becomes(async () => (await ground.StandingAsync()).Polling, "the feed is being polled");
        Assert.Empty(await ground.Feeds.ClaimAsync([PullGround.Id], FeedPull.Lease, 1, CancellationToken.None));
        await puller.StopAsync(CancellationToken.None);
        Assert.False((await ground.StandingAsync()).Polling);

        // A host that dies says nothing: its lease runs out, and the next one is at once free to go on.
        var dead = Assert.Single(await ground.Feeds.ClaimAsync([PullGround.Id], FeedPull.Lease, 1, CancellationToken.None));
        Assert.Empty(await ground.Feeds.ClaimAsync([PullGround.Id], FeedPull.Lease, 1, CancellationToken.None));
        await ground.ExecuteAsync("update alert_feed set leased_until = clock_timestamp()");
        ground.Server.Serve("/feed.atom", Atoms.Feed(Atoms.Embedded("urn:a", "A")));
        await ground.Host().GetRequiredService<FeedPuller>().StartAsync(CancellationToken.None);
        await Eventually.Becomes(async () => (await ground.StandingAsync()).Facts.SuccessAt is not null, "another host goes on");

        // What the dead one would still write does not count.
        var entry = new NotedEntry(Guid.NewGuid(), "urn:late", null, FeedEntryState.Failed, "Late.", null, null, false);
        Assert.False(await ground.Feeds.NoteAsync(dead, entry, FeedPull.Lease, CancellationToken.None));
        Assert.False(await ground.Feeds.SettleAsync(dead, new PollEnd(false, null, null, TimeSpan.Zero, null, "Late.", []), CancellationToken.None));
        var standing = await ground.StandingAsync();
        Assert.Equal((1, 0, null), (standing.Listed, standing.Trouble.Count, standing.Problem));
        Assert.Equal(1, ground.Desk.Count("A"));
    }

    [Fact]
    public async Task OtherSettings_BeginAnew_AndTryWhatFailed_ButNotWhatWasTaken()
    {
        await using var other = await FeedServer.StartAsync();
        other.Serve("/b.cap", Atoms.CapBytes("B"), "application/cap+xml");
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.Serve("/feed.atom", Atoms.Feed(Atoms.Embedded("urn:a", "A"), Atoms.Linked("urn:b", new Uri(other.Address, "/b.cap").AbsoluteUri)), tag: "\"v1\"");
        Assert.Single((await ground.PollAsync()).Trouble);

        ground.Feed.MessageHosts.Add(other.Address.Authority);
        await ground.Host(TimeProvider.System).GetRequiredService<FeedPuller>().StartAsync(CancellationToken.None);
        await Eventually.Becomes(() => ground.Desk.Count("B") == 1, "the message that could not be fetched is fetched under the new settings");
        Assert.Equal([null, null], ground.Server.Requests.Select(r => r.Tag));
        Assert.Equal(1, ground.Desk.Count("A"));
    }

    [Fact]
    public async Task OldEntries_AreNeverNewAgain_WhileTheFeedListsThem_AndAreForgottenLongAfter()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        var (old, young) = (Atoms.Embedded("urn:old", "OLD"), Atoms.Embedded("urn:young", "YOUNG"));
        ground.Server.Serve("/feed.atom", Atoms.Feed(old, young));
        await ground.PollAsync();
        await ground.ExecuteAsync("update alert_feed_entry set first_at = first_at - interval '1 year', tried_at = tried_at - interval '1 year'");
        await ground.PollAsync();
        Assert.Equal((1, 2L), (ground.Desk.Count("OLD"), await ground.ScalarAsync<long>("select count(*) from alert_feed_entry")));

        ground.Server.Serve("/feed.atom", Atoms.Feed(young));
        await ground.PollAsync();
        await ground.ExecuteAsync("update alert_feed_entry set unlisted_at = unlisted_at - interval '29 days'");
        await ground.PollAsync();
        Assert.Equal(2, await ground.ScalarAsync<long>("select count(*) from alert_feed_entry"));
        await ground.ExecuteAsync("update alert_feed_entry set unlisted_at = unlisted_at - interval '2 days'");
        await ground.PollAsync();
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from alert_feed_entry"));

        // A feed that goes on inventing entries is remembered up to a limit.
        await ground.ExecuteAsync(
            """
            insert into alert_feed_entry (feed, key, entry_id, state, attempts, first_at, tried_at, words, unlisted_at)
            select 'weather', gen_random_uuid(), 'urn:' || n, 'failed', 1, now(), now(), 'No.', now() - n * interval '1 second' from generate_series(1, 20010) n
            """);
        await ground.PollAsync();
        Assert.Equal(20_001, await ground.ScalarAsync<long>("select count(*) from alert_feed_entry"));
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from alert_feed_entry where entry_id = 'urn:1'"));
    }

    [Fact]
    public async Task Look_IsForThoseWhoReportIncidents_AndBringsTheNextPollForward()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.Serve("/feed.atom", Atoms.Feed());
        var desk = ground.Host().GetRequiredService<FeedDesk>();
        Assert.Equal(FeedState.Never, Assert.Single(await desk.ListAsync(CancellationToken.None)).State);
        await ground.PollAsync();
        await ground.ExecuteAsync("update alert_feed set tried_at = tried_at - interval '1 minute'");
        Assert.Equal("forbidden", (await desk.PollAsync(PullGround.Id, Manager with { Role = Role.CommsOfficer }, CancellationToken.None)).Refusal?.Code);
        Assert.True((await ground.StandingAsync()).NextAt > TimeProvider.System.GetUtcNow());
        var wanted = (await desk.PollAsync(PullGround.Id, Manager, CancellationToken.None)).Feed!;
        Assert.True(wanted.Standing!.NextAt <= TimeProvider.System.GetUtcNow());
        Assert.Equal(wanted.Standing.NextAt, (await desk.PollAsync(PullGround.Id, Manager, CancellationToken.None)).Feed!.Standing!.NextAt);
        Assert.Equal("alert-feed-unknown", (await desk.PollAsync("nobody", Manager, CancellationToken.None)).Refusal?.Code);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int was;
        while (value > (was = Volatile.Read(ref most)) && Interlocked.CompareExchange(ref most, value, was) != was)
        {
            // Somebody was faster.
        }
    }
}
