using System.Security.Claims;
using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.SignIn.Sessions;
using Coordination.Domain.People;
using Coordination.Storage.People.Sessions;
using Coordination.Storage.ReadModel;
using Microsoft.Extensions.Time.Testing;

namespace Coordination.Pages.Tests.SignIn;

/// <summary>What a host remembers of sign-ins, and for how long.</summary>
public sealed class SignInSessionsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Store _store = new();
    private readonly SignInSessions _sessions;

    public SignInSessionsTests() => _sessions = new SignInSessions(_store, _time);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_IsOut_FiveSecondsAfterItsSignInEnded()
    {
        _store.Open("secret");
        Assert.NotNull(await _sessions.FindAsync("secret", None));
        _store.Secrets.Clear();
        _time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.NotNull(await _sessions.FindAsync("secret", None));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await _sessions.FindAsync("secret", None));
    }

    [Fact]
    public async Task WhatIsOpen_IsOut_ASecondAfter_AndItsRequestsWithIt()
    {
        var me = Person(_store.Open("secret"));
        Assert.True(await _sessions.IsOpenAsync(me, None));
        Assert.NotNull(await _sessions.FindAsync("secret", None));
        _store.Secrets.Clear();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await _sessions.IsOpenAsync(me, None));
        Assert.Null(await _sessions.FindAsync("secret", None));
    }

    // A page that is open under a renewed sign-in keeps its id known, and must not keep a former secret so.
    [Fact]
    public async Task FormerSecret_IsNotKeptAlive_ByAnOpenPage()
    {
        var look = _store.Open("former");
        Assert.NotNull(await _sessions.FindAsync("former", None));
        _store.Secrets.Remove("former");
        _store.Secrets["new"] = look;
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.True(await _sessions.IsOpenAsync(Person(look), None));
        }

        Assert.Null(await _sessions.FindAsync("former", None));
        Assert.NotNull(await _sessions.FindAsync("new", None));
    }

    [Fact]
    public async Task WithoutTheDatabase_WhoWasKnownStaysTenMinutes_AndNeverBeyondTheirTime()
    {
        _store.Open("long");
        _store.Open("short", TimeSpan.FromMinutes(3));
        var me = Person(_store.Open("open"));
        Assert.NotNull(await _sessions.FindAsync("long", None));
        Assert.NotNull(await _sessions.FindAsync("short", None));
        Assert.True(await _sessions.IsOpenAsync(me, None));
        _store.Away = true;
        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.NotNull(await _sessions.FindAsync("long", None));
        Assert.True(await _sessions.IsOpenAsync(me, None));
        await Assert.ThrowsAsync<TimeoutException>(() => _sessions.FindAsync("short", None));
        await Assert.ThrowsAsync<TimeoutException>(() => _sessions.FindAsync("never seen", None));
        _time.Advance(TimeSpan.FromMinutes(7));
        await Assert.ThrowsAsync<TimeoutException>(() => _sessions.FindAsync("long", None));
    }

    [Fact]
    public async Task NobodysSignIn_IsNone()
    {
        Assert.False(await _sessions.IsOpenAsync(new ClaimsPrincipal(), None));
        Assert.False(await _sessions.IsOpenAsync(new Actor("jane", "Jane", Role.CommsOfficer).ToPrincipal("Cookies"), None));
        Assert.Null(await _sessions.FindAsync(new string('x', 101), None));
        Assert.Equal(0, _store.Asked);
    }

    private static ClaimsPrincipal Person(SessionLook look)
    {
        var principal = new Actor(look.StaffId, "Jane", Role.CommsOfficer).ToPrincipal("Cookies");
        principal.IsOf(look.Id);
        return principal;
    }

    private sealed class Store : ISessionStore
    {
        public Dictionary<string, SessionLook> Secrets { get; } = new(StringComparer.Ordinal);

        public bool Away { get; set; }

        public int Asked { get; private set; }

        public SessionLook Open(string secret, TimeSpan? lasts = null) =>
            Secrets[secret] = new SessionLook(Guid.NewGuid(), "jane", SignInWay.Demo, default, lasts ?? TimeSpan.FromHours(1), TimeSpan.Zero);

        public Task<SessionLook?> FindAsync(string secret, CancellationToken cancellationToken) => Answer(Secrets.GetValueOrDefault(secret));

        public Task<SessionLook?> FindAsync(Guid id, CancellationToken cancellationToken) => Answer(Secrets.Values.FirstOrDefault(s => s.Id == id));

        public Task<SessionOpened> OpenAsync(SessionWish wish, string secret, string? former, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<SessionRow>> OfAsync(string staffId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int> EndAsync(string staffId, Guid? only, Guid? but, SessionEnd why, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<SessionsEnded> EndOfAsync(string staffId, string reason, Actor actor, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Page<SignInEntry>> RecordAsync(SignInQuery query, int limit, string? cursor, CancellationToken cancellationToken) => throw new NotSupportedException();

        private Task<SessionLook?> Answer(SessionLook? look)
        {
            Asked++;
            return Away ? Task.FromException<SessionLook?>(new TimeoutException()) : Task.FromResult(look);
        }
    }
}
