using System.Collections.Concurrent;
using System.Security.Claims;
using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.SignIn.BreakGlass;
using Coordination.Dashboard.SignIn.Sessions;
using Coordination.Domain.People;
using Microsoft.AspNetCore.SignalR;

namespace Coordination.Dashboard.Hubs;

/// <summary>Ends the open connections of who is no longer let in, and of tokens that count no longer: a connection is asked who it is at its beginning alone.</summary>
public sealed partial class HubLeavers(StaffDirectory staff, SignInSessions sessions, BreakGlassSessions glass, TimeProvider time, ILogger<HubLeavers> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (string Who, HubCallerContext Connection)> _open = new(StringComparer.Ordinal);

    /// <summary>Watches a connection.</summary>
    /// <exception cref="HubException">It is nobody's.</exception>
    public void Enter(HubCallerContext connection) => _open[connection.ConnectionId] = connection.User.TryGetActor(out var actor)
        ? (actor.Id + "/" + connection.User?.TokenId(), connection)
        : throw new HubException("Nobody is signed in.");

    /// <summary>Watches it no longer.</summary>
    public void Leave(HubCallerContext connection) => _open.TryRemove(connection.ConnectionId, out _);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var person in _open.Values.GroupBy(o => o.Who, StringComparer.Ordinal))
            {
                var stays = await MayStayAsync(person.First().Connection, stoppingToken);
                foreach (var (_, connection) in person)
                {
                    if (!stays || connection.User!.HasEnded(time.GetUtcNow()) || !await IsOpenAsync(connection.User, stoppingToken))
                    {
                        connection.Abort();
                    }
                }
            }
        }
    }

    private async Task<bool> MayStayAsync(HubCallerContext connection, CancellationToken cancellationToken)
    {
        try
        {
            return await staff.FindForOpenAsync(connection.User!, cancellationToken) is { } member && member.AsActor().May(Permission.Read);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Without the database nothing new is told anyway.
            LogNotLooked(e.GetType().Name);
            return true;
        }
    }

    private async Task<bool> IsOpenAsync(ClaimsPrincipal? user, CancellationToken cancellationToken)
    {
        try
        {
            return user is not null && await sessions.IsOpenAsync(user, cancellationToken) && await glass.IsOpenAsync(user, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotLooked(e.GetType().Name);
            return true;
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "It could not be looked up whether somebody may stay connected ({Exception}); they stay.")]
    private partial void LogNotLooked(string exception);
}
