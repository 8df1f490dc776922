using Coordination.Dashboard.Api;
using Coordination.Dashboard.SignIn;

namespace Coordination.Dashboard.Composition;

/// <summary>Refuses what another site has a browser send: a sign-in's cookie must not speak for a page that its person never opened.</summary>
/// <remarks>
/// The cookie's own <c>SameSite</c> and the forms' antiforgery field say much the same. This one also covers neighbours of the same domain, the API, which takes
/// a cookie and has no form, and live connections, which are opened by a plain GET. A browser says where a request comes from (Fetch Metadata, else
/// <c>Origin</c>) and lets no page change that. Programs say nothing, or send a token. Following a link to a page is nobody's deed, and stays open.
/// </remarks>
internal static class CrossSite
{
    /// <summary>Adds the check. Comes before anything is read of a request's body.</summary>
    public static void UseCrossSiteRefusal(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (IsOfInterest(context.Request) && IsForeign(context.Request))
        {
            await Problems.Of(
                StatusCodes.Status403Forbidden,
                "cross-site",
                "The request comes from a page of another site, so it was not carried out. Nothing was changed. Use the service's own pages, or send 'Authorization: Bearer <token>'.").ExecuteAsync(context);
            return;
        }

        await next(context);
    });

    // What changes something, what answers with data (some of which records that it was read), and what stays open.
    private static bool IsOfInterest(HttpRequest request) =>
        !BearerHandler.IsUsedBy(request)
        && ((!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method))
            || request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase));

    private static bool IsForeign(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is not ("same-origin" or "none");
        }

        // Older browsers. "null" is a page that hides where it is from.
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
