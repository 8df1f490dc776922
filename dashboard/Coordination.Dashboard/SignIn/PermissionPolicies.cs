using Coordination.Domain.People;
using Microsoft.AspNetCore.Authorization;

namespace Coordination.Dashboard.SignIn;

/// <summary>Any one of these permissions lets somebody in.</summary>
/// <param name="AnyOf">The permissions.</param>
/// <param name="Acts">Whether what is asked for is done with them, so that one that needs a fresh sign-in is none without. Looking needs none.</param>
public sealed record PermissionRequirement(IReadOnlyList<Permission> AnyOf, bool Acts) : IAuthorizationRequirement;

/// <summary>Looks the permission up in the matrix.</summary>
public sealed class PermissionHandler : AuthorizationHandler<PermissionRequirement>
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (context.User.TryGetActor(out var actor) && requirement.AnyOf.Any(requirement.Acts && !IsLook(context.Resource) ? actor.May : actor.MayOnceFresh))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private static bool IsLook(object? resource) => resource is HttpContext { Request.Method: var method } && (HttpMethods.IsGet(method) || HttpMethods.IsHead(method));
}

/// <summary>Policies by permission. What names none still needs somebody signed in.</summary>
public static class PermissionPolicies
{
    // What a page may need more than one of.
    private static readonly Permission[][] Either = [[Permission.PublishLocal, Permission.PublishCorporate]];

    /// <summary>The name of the policy that asks for any one of these permissions, for <see cref="NeedsAttribute"/> on pages.</summary>
    public static string Name(params Permission[] anyOf) => "may-" + string.Join("-or-", anyOf);

    /// <summary>Lets in who has any one of the permissions.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, params Permission[] anyOf)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(policy => policy.RequireAuthenticatedUser().AddRequirements(new PermissionRequirement(anyOf, Acts: true)));

    /// <summary>The same, also for whose sign-in is not fresh: for what stops, where the permission itself is of <see cref="FreshSignIn"/>.</summary>
    public static TBuilder RequirePermissionOnceFresh<TBuilder>(this TBuilder builder, params Permission[] anyOf)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(policy => policy.RequireAuthenticatedUser().AddRequirements(new PermissionRequirement(anyOf, Acts: false)));

    /// <summary>Adds one policy for each permission, the one of ordinary pages, and the one that denies by default.</summary>
    public static void Add(AuthorizationOptions options)
    {
        foreach (var anyOf in Enum.GetValues<Permission>().Select(p => new[] { p }).Concat(Either))
        {
            options.AddPolicy(Name(anyOf), policy => policy.RequireAuthenticatedUser().AddRequirements(new PermissionRequirement(anyOf, Acts: false)));
        }

        options.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new PageRequirement()).Build();
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
    }
}
