using System.Security.Claims;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.People;
using Coordination.Storage.People;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Coordination.Dashboard.Components;

/// <summary>Looks, while a page is open, whether the person is still who they were: an open page must not outlive a right that was taken away.</summary>
public sealed class StaffRevalidation(ILoggerFactory loggers, IServiceScopeFactory scopes) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    /// <inheritdoc/>
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return IsStill(authenticationState.User, await FindAsync(scope.ServiceProvider.GetRequiredService<IStaffStore>(), authenticationState.User, cancellationToken));
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
        && string.Equals(Claim(actor), Claim(member.AsActor()), StringComparison.Ordinal);

    private static string Claim(Actor actor) => actor.ToPrincipal("compare").FindFirst("publishes-on")?.Value ?? "";

    private static async Task<StaffMember?> FindAsync(IStaffStore staff, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        user.TryGetActor(out var actor) ? await staff.FindAsync(actor.Id, cancellationToken) : null;
}
