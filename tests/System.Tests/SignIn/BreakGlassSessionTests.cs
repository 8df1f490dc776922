using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.SignIn.BreakGlass;
using Coordination.Domain.People;
using Microsoft.Extensions.Options;

namespace Coordination.SystemTests.SignIn;

/// <summary>How long a break-glass sign-in goes on.</summary>
public sealed class BreakGlassSessionTests(FastPostgresFixture server) : IClassFixture<FastPostgresFixture>
{
    private static readonly Actor Rowan = new("rowan", "Rowan", Role.CommsManager);
    private static readonly Actor Jane = new("jane", "Jane", Role.CommsOfficer);
    private static readonly SignInOptions Enabled = new() { Mode = SignInMode.Demo, BreakGlass = new BreakGlassOptions { Enabled = true } };

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_EndsWithItsTime_WithItsGrant_AndWhenTheWayIsClosed()
    {
        await using var host = await GlassHost.StartAsync(server);
        await host.PersonAsync("jane", whole: false);
        var clock = new Clock();
        var sessions = new BreakGlassSessions(Options.Create(Enabled), host.Store, clock);
        var grant = (await host.Store.GrantOfAsync("jane", None))!.Value;
        var me = new BreakGlassSession(grant, clock.Now.AddHours(4)).Mark(Jane.ToPrincipal("Cookies"));
        Assert.True(await sessions.IsOpenAsync(me, None));
        Assert.False(await new BreakGlassSessions(Options.Create(new SignInOptions { Mode = SignInMode.Demo }), host.Store, clock).IsOpenAsync(me, None));
        clock.Now = clock.Now.AddHours(4).AddTicks(-1);
        Assert.True(await sessions.IsOpenAsync(me, None));
        clock.Now = clock.Now.AddTicks(1);
        Assert.False(await sessions.IsOpenAsync(me, None));

        var longer = new BreakGlassSession(grant, clock.Now.AddHours(4)).Mark(Jane.ToPrincipal("Cookies"));
        Assert.True(await sessions.IsOpenAsync(longer, None));
        await host.Store.RevokeAsync(Rowan, "jane", "Lost the phone", None);
        clock.Now = clock.Now.AddSeconds(1);
        Assert.False(await sessions.IsOpenAsync(longer, None));

        // A new grant is another one.
        await host.Store.GrantAsync(Rowan, (await host.Staff.FindAsync("jane", None))!, "stamp", "Back", None);
        clock.Now = clock.Now.AddSeconds(1);
        Assert.False(await sessions.IsOpenAsync(longer, None));
        Assert.True(await sessions.IsOpenAsync(Jane.ToPrincipal("Cookies"), None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x y")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("00000000000000000000000000000000 soon")]
    public void Session_ThatCannotBeRead_HasEnded(string text) => Assert.Equal(new BreakGlassSession(Guid.Empty, DateTimeOffset.MinValue), BreakGlassSession.Read(text));

    [Fact]
    public void Session_ReadsAsItWasWritten()
    {
        var session = new BreakGlassSession(Guid.NewGuid(), new DateTimeOffset(2026, 11, 28, 4, 0, 0, 123, TimeSpan.Zero));
        Assert.Equal(session, BreakGlassSession.Read(session.ToString()));
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 28, 4, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
