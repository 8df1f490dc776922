using Coordination.Domain.People;
using Microsoft.AspNetCore.Authorization;

namespace Coordination.Dashboard.SignIn;

/// <summary>What an ordinary page asks: to see the service at all.</summary>
public sealed record PageRequirement : IAuthorizationRequirement;

/// <summary>Lets in who may see accounts, posts and holds; to pages for everybody, whoever may read the guide.</summary>
public sealed class PageHandler : AuthorizationHandler<PageRequirement>
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PageRequirement requirement)
    {
        if (context.User.TryGetActor(out var actor) && (actor.May(Permission.Read) || (actor.May(Permission.ReadGuide) && IsForEverybody(context.Resource))))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    // The first sight of a page comes as a request, each next one as a route inside the open page.
    private static bool IsForEverybody(object? page) => page switch
    {
        HttpContext request => request.GetEndpoint()?.Metadata.GetMetadata<ForEverybodyAttribute>() is not null,
        Microsoft.AspNetCore.Components.RouteData route => Attribute.IsDefined(route.PageType, typeof(ForEverybodyAttribute)),
        _ => false,
    };
}
