using System.Security.Claims;
using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.SignIn.BreakGlass;
using Coordination.Dashboard.SignIn.Sessions;
using Coordination.Domain.People;
using Coordination.Storage.People;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Coordination.Dashboard.Components;

/// <summary>Looks, while a page is open, whether the person is still who they were: an open page must not outlive a right that was taken away.</summary>
/// <remarks>With <see cref="StaffDirectory.FindForOpenAsync(ClaimsPrincipal, CancellationToken)"/> it is known within three seconds, and the database is asked once a second for each person, however many pages they have open.</remarks>
public sealed class StaffRevalidation(ILoggerFactory loggers, StaffDirectory staff, SignInSessions sessions, BreakGlassSessions glass, TimeProvider time) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    /// <inheritdoc/>
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            var user = authenticationState.User;
            return !user.HasEnded(time.GetUtcNow()) && await sessions.IsOpenAsync(user, cancellationToken)
                && IsStill(user, await staff.FindForOpenAsync(user, cancellationToken)) && await glass.IsOpenAsync(user, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Without the database nothing can be done anyway; signing everybody out would only take the screen away.
            return true;
        }
    }

    /// <summary>Whether the staff list still says of a person what their sign-in says.</summary>
    public static bool IsStill(ClaimsPrincipal signedIn, StaffMember? member) =>
        member is { Active: true }
        && signedIn.TryGetActor(out var actor)
        && actor.Role == member.Role
        && string.Equals(Accounts(actor), Accounts(member.AsActor()), StringComparison.Ordinal);

    private static string Accounts(Actor actor)
    {
        var said = actor.ToPrincipal("compare");
        return $"{said.FindFirst("publishes-on")?.Value} {said.FindFirst("stands-in")?.Value}";
    }
}
