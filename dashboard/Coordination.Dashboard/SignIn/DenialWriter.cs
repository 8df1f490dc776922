using System.Globalization;
using Coordination.Dashboard.Api;
using Coordination.Dashboard.Clients;
using Coordination.Domain;
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
        if (authorizeResult.Forbidden && context.GetEndpoint()?.Metadata.GetMetadata<NeedsAttribute>() is not null && context.User.TryGetActor(out var actor) && actor.May(Permission.Read))
        {
            // The page itself is not let in; the document around it, which has nothing of it, says in words who may.
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await next(context);
        }
        else if (authorizeResult.Succeeded || !ApiPaths.Contain(context.Request.Path))
        {
            await _usual.HandleAsync(next, context, policy, authorizeResult);
        }
        else if (authorizeResult.Challenged)
        {
            await ChallengeAsync(context);
        }
        else
        {
            await (Renewal(context, policy) is { } renewal ? Problems.Of(renewal) : Problems.Of(StatusCodes.Status403Forbidden, "forbidden", WhoMay(context, policy))).ExecuteAsync(context);
        }
    }

    private static Refusal? Renewal(HttpContext context, AuthorizationPolicy policy) => context.User.TryGetActor(out var actor)
        ? policy.Requirements.OfType<PermissionRequirement>().SelectMany(r => r.AnyOf).Select(p => FreshSignIn.Check(actor, p)).FirstOrDefault(r => r is not null)
        : null;

    private static Task ChallengeAsync(HttpContext context)
    {
        if (context.Features.Get<TokenAnswer>() is TokenAnswer.TooMany { Wait: var wait })
        {
            return TooManyRequests.WriteAsync(
                context, "too-many-unknown-tokens", "So many tokens that nobody has came from your address that this one was not looked up. Nothing was changed.", wait);
        }

        var given = BearerHandler.IsUsedBy(context.Request);
        context.Response.Headers.WWWAuthenticate = given ? "Bearer realm=\"coordination\", error=\"invalid_token\"" : "Bearer realm=\"coordination\"";
        if (context.Features.Get<TokenAnswer>() is TokenAnswer.Over over)
        {
            // Who sends it has had it: they may know.
            var day = over.At.UtcDateTime.ToString("d MMMM yyyy HH:mm", CultureInfo.InvariantCulture);
            return Problems.Of(
                StatusCodes.Status401Unauthorized,
                over.Revoked ? "token-revoked" : "token-ended",
                $"The token {(over.Revoked ? "was revoked" : "ended")} on {day} UTC. Nothing was changed. Ask a Comms manager for a new one; it is made on the page API clients.")
                .ExecuteAsync(context);
        }

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

        if (actor?.Only is not null && permissions.Any(p => PermissionMatrix.Allows(actor.Role, p)))
        {
            return $"{who} may not {PermissionGrounds.Of(permissions[0]).Doing}: that was not among what this client was given. Nothing was changed. Ask a Comms manager for a client that may.";
        }

        var may = permissions.SelectMany(PermissionMatrix.WhoMay).Distinct().Order().Select(role => role.Name());
        return $"{who} may not {PermissionGrounds.Of(permissions[0]).Doing}. Nothing was changed. Who may: {string.Join(", ", may)}.";
    }
}
