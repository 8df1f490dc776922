using Coordination.Dashboard.Api;
using Coordination.Domain.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Coordination.Dashboard.SignIn;

/// <summary>Tells programs why they were not let in; people in a browser are sent to the sign-in page as usual.</summary>
public sealed class DenialWriter : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    /// <inheritdoc/>
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded || !ApiPaths.Contain(context.Request.Path))
        {
            await _usual.HandleAsync(next, context, policy, authorizeResult);
        }
        else if (authorizeResult.Challenged)
        {
            await ChallengeAsync(context);
        }
        else
        {
            await Problems.Of(StatusCodes.Status403Forbidden, "forbidden", WhoMay(context, policy)).ExecuteAsync(context);
        }
    }

    private static Task ChallengeAsync(HttpContext context)
    {
        var given = BearerHandler.IsUsedBy(context.Request);
        context.Response.Headers.WWWAuthenticate = given ? "Bearer realm=\"coordination\", error=\"invalid_token\"" : "Bearer realm=\"coordination\"";
        return Problems.Of(
            StatusCodes.Status401Unauthorized,
            given ? "token-unknown" : "token-missing",
            given
                ? "The token is not known, or no longer valid. Nothing was changed. Ask an administrator for a new one."
                : "The request does not say who sends it. Nothing was changed. Send the header 'Authorization: Bearer <token>', or sign in.")
            .ExecuteAsync(context);
    }

    private static string WhoMay(HttpContext context, AuthorizationPolicy policy)
    {
        var who = context.User.TryGetActor(out var actor) ? $"{actor.Name} ({actor.Role.Name()})" : "This sign-in";
        var permissions = policy.Requirements.OfType<PermissionRequirement>().SelectMany(r => r.AnyOf).ToArray();
        if (permissions.Length == 0)
        {
            return $"{who} may not do this. Nothing was changed.";
        }

        var may = permissions.SelectMany(PermissionMatrix.WhoMay).Distinct().Order().Select(role => role.Name());
        return $"{who} may not {PermissionGrounds.Of(permissions[0]).Doing}. Nothing was changed. Who may: {string.Join(", ", may)}.";
    }
}
