using Coordination.Domain.People;
using Microsoft.AspNetCore.Authorization;

namespace Coordination.Dashboard.SignIn;

/// <summary>Any one of these permissions lets somebody in.</summary>
public sealed record PermissionRequirement(IReadOnlyList<Permission> AnyOf) : IAuthorizationRequirement;

/// <summary>Looks the permission up in the matrix.</summary>
public sealed class PermissionHandler : AuthorizationHandler<PermissionRequirement>
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (context.User.TryGetActor(out var actor) && requirement.AnyOf.Any(actor.May))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

/// <summary>Policies by permission. What names none still needs somebody signed in.</summary>
public static class PermissionPolicies
{
    /// <summary>The name of the policy that asks for one permission, for <c>[Authorize(Policy = ...)]</c> on pages.</summary>
    public static string Name(Permission permission) => "may-" + permission;

    /// <summary>Lets in who has any one of the permissions.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, params Permission[] anyOf)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(policy => policy.RequireAuthenticatedUser().AddRequirements(new PermissionRequirement(anyOf)));

    /// <summary>Adds one policy for each permission, the one of ordinary pages, and the one that denies by default.</summary>
    public static void Add(AuthorizationOptions options)
    {
        foreach (var permission in Enum.GetValues<Permission>())
        {
            options.AddPolicy(Name(permission), policy => policy.RequireAuthenticatedUser().AddRequirements(new PermissionRequirement([permission])));
        }

        options.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new PageRequirement()).Build();
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
    }
}
