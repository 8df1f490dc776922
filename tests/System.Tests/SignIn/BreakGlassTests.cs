using System.Diagnostics;
using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.SignIn.BreakGlass;
using Coordination.Domain.People;
using Coordination.Storage.People;

namespace Coordination.SystemTests.SignIn;

/// <summary>What stands between somebody who guesses and a break-glass account.</summary>
public sealed class BreakGlassTests(FastPostgresFixture server) : IClassFixture<FastPostgresFixture>
{
    private const string No = "302 /sign-in/break-glass?why=failed&returnUrl=%2Fholds out";
    private const string In = "302 /holds in";

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TenThousandAttempts_AreAnsweredBeforeAnythingIsHashed_ButForAFew()
    {
        await using var host = await GlassHost.StartAsync(server);
        await host.PersonAsync("jane");
        var before = host.Hashes;
        var clock = Stopwatch.StartNew();
        var one = await host.ClientAsync(1);
        var many = await Task.WhenAll(Enumerable.Range(2, 50).Select(host.ClientAsync));
        GlassClient[] from = [.. Enumerable.Repeat(one, 5_000), .. many.SelectMany(c => Enumerable.Repeat(c, 100))];
        var (looked, lookedOfOne, refused, told) = (0, 0, 0, 0);
        await Parallel.ForAsync(0, from.Length, new ParallelOptions { MaxDegreeOfParallelism = 24, CancellationToken = None }, async (i, _) =>
        {
            using var answer = await from[i].TryAsync(i % 2 == 0 ? "jane" : "nobody", "guess number " + i, "123456");
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Interlocked.Increment(ref refused);
                Interlocked.Add(ref told, answer.Headers.RetryAfter?.Delta > TimeSpan.Zero ? 1 : 0);
                return;
            }

            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Interlocked.Increment(ref looked);
            Interlocked.Add(ref lookedOfOne, ReferenceEquals(from[i], one) ? 1 : 0);
        });

        // What the buckets hold, and what drips into them meanwhile: one in 6 seconds for each address, one in 2 for all.
        Assert.Equal(10_000, looked + refused);
        Assert.Equal(refused, told);
        Assert.InRange((double)lookedOfOne, 1, 10 + (clock.Elapsed.TotalSeconds / 6) + 1);
        Assert.InRange((double)looked, 1, 30 + (clock.Elapsed.TotalSeconds / 2) + 1);
        Assert.Equal(looked, host.Hashes - before);
    }

    [Theory]
    [InlineData("123456", 1)]
    [InlineData("AAAAA-BBBBB", 2)]
    public async Task Refusal_IsTheSame_AndTheSameWork_WhoeverItIsAbout(string code, int hashes)
    {
        await using var host = await GlassHost.StartAsync(server);
        foreach (var id in (string[])["whole", "locked", "gone"])
        {
            await host.PersonAsync(id);
        }

        await host.PersonAsync("incomplete", whole: false);
        await host.Staff.SaveAsync([new StaffMember("gone", "gone", Role.CommsOfficer, null, Active: false)], None);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(No, await (await host.ClientAsync(1)).OutcomeAsync("locked", "guess", code));
        }

        Assert.NotNull((await host.Store.FindAsync("locked", None))!.LockedUntil);
        var number = 10;
        foreach (var user in (string[])["whole", "locked", "gone", "incomplete", "nobody", "NOBODY ' or 1=1", ""])
        {
            var before = host.Hashes;
            Assert.Equal(No, await (await host.ClientAsync(++number)).OutcomeAsync(user, "guess", code));
            Assert.Equal((user, hashes), (user, (int)(host.Hashes - before)));
        }
    }

    [Fact]
    public async Task Guesses_SentTogether_CountOneAfterTheOther_AndTheRightOneComesTooLate()
    {
        await using var host = await GlassHost.StartAsync(server);
        var (key, _) = await host.PersonAsync("jane");
        var clients = await Task.WhenAll(Enumerable.Range(1, 16).Select(host.ClientAsync));
        Assert.All(await Task.WhenAll(clients.Select(c => c.OutcomeAsync("jane", "guess", GlassHost.Code(key)))), answer => Assert.Equal(No, answer));
        Assert.NotNull((await host.Store.FindAsync("jane", None))!.LockedUntil);
        Assert.Equal(No, await (await host.ClientAsync(20)).OutcomeAsync("jane", GlassHost.Password, GlassHost.Code(key)));
        Assert.Equal("locked", Assert.Single(await host.Store.AlarmsAsync(None)).Kind);
    }

    [Fact]
    public async Task SignIn_NeedsAReason_TheFormsToken_AndTheRightCode()
    {
        await using var host = await GlassHost.StartAsync(server);
        var (key, code) = await host.PersonAsync("jane");
        var client = await host.ClientAsync(1);
        using (var forged = await client.TryAsync("jane", GlassHost.Password, GlassHost.Code(key), withToken: false))
        {
            Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        }

        Assert.Equal("302 /sign-in/break-glass?why=reason&returnUrl=%2Fholds out", await client.OutcomeAsync("jane", GlassHost.Password, GlassHost.Code(key), reason: "  "));
        Assert.Equal("302 /sign-in/break-glass?why=reason&returnUrl=%2Fholds out", await client.OutcomeAsync("jane", GlassHost.Password, GlassHost.Code(key), reason: new string('x', 1001)));
        Assert.Equal(No, await client.OutcomeAsync("jane", new string('x', 129), GlassHost.Code(key)));
        Assert.Equal(0, (await host.Store.FindAsync("jane", None))!.Failed);
        Assert.Equal(No, await client.OutcomeAsync("jane", GlassHost.Password, "AAAAA-BBBBB"));
        Assert.Equal(1, (await host.Store.FindAsync("jane", None))!.Failed);
        Assert.Equal(In, await client.OutcomeAsync("jane", GlassHost.Password, GlassHost.Code(key)));
        Assert.Equal(0, (await host.Store.FindAsync("jane", None))!.Failed);

        // One recovery code, sent by two at once, lets one of them in.
        var both = await Task.WhenAll((await host.ClientAsync(2)).OutcomeAsync("jane", GlassHost.Password, code), (await host.ClientAsync(3)).OutcomeAsync("jane", GlassHost.Password, code));
        Assert.Equal([In, No], both.Order(StringComparer.Ordinal));
        Assert.Equal(["used", "used"], (await host.Store.AlarmsAsync(None)).Select(a => a.Kind));
    }

    [Fact]
    public async Task Account_IsNotChanged_ByWhoCameInByIt()
    {
        await using var host = await GlassHost.StartAsync(server);
        await host.PersonAsync("jane");
        var before = (await host.Store.FindAsync("jane", None))!;
        var me = new BreakGlassSession(before.GrantId, DateTimeOffset.MaxValue).Mark(new Actor("jane", "Jane", Role.CommsOfficer).ToPrincipal("Cookies"));
        Assert.Equal("usual-sign-in", (await host.OwnAsync(me, (own, who) => own.SetPasswordAsync(who, "another long password")))?.Code);
        Assert.Equal("usual-sign-in", (await host.OwnAsync(me, (own, who) => own.NewCodesAsync(who))).Refusal?.Code);
        Assert.Null(await host.OwnAsync(me, (own, who) => own.FindAsync(who)));
        Assert.Equal(before.Version, (await host.Store.FindAsync("jane", None))!.Version);
    }
}
