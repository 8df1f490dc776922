using Coordination.Dashboard.Components.Holds;
using Coordination.Dashboard.Components.Kit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Radzen;

namespace Coordination.Dashboard.Components;

/// <summary>Puts the pages into the web host.</summary>
public static class PagesSetup
{
    // Every other address but those of programs: they get problem details on a wrong path, not a page.
    private const string Elsewhere = "/{**path:regex(^(?!(api|hubs|openapi|health|_blazor|_framework|_content)(/|$)))}";

    /// <summary>Registers what the pages need. The replica, the desks and the readers are registered by their own parts.</summary>
    public static WebApplicationBuilder AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(options =>
        {
            // A phone that was in a pocket for a while comes back to the page it left.
            options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(10);
            options.DisconnectedCircuitMaxRetained = 500;
        });
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddRadzenComponents();
        builder.Services.AddScoped<AuthenticationStateProvider, StaffRevalidation>();
        builder.Services.AddSingleton(PublishingRoute.Of(builder.Configuration));
        builder.Services.AddSingleton<NowWatch>();
        builder.Services.AddSingleton<PlacedHere>();
        return builder;
    }

    /// <summary>Maps the pages. Call it after authentication, authorization and antiforgery are in the pipeline.</summary>
    public static WebApplication MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>()
            // Who may frame a page is said with everything else (SecurityHeaders).
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        app.MapGet(Elsewhere, NotFoundAsync).WithOrder(int.MaxValue).ExcludeFromDescription();
        return app;
    }

    // The page of a wrong address, with its status, under the address that was asked for.
    private static Task NotFoundAsync(HttpContext context, EndpointDataSource endpoints)
    {
        var page = endpoints.Endpoints.OfType<RouteEndpoint>().First(e => string.Equals(e.RoutePattern.RawText, "/not-found", StringComparison.Ordinal));
        context.SetEndpoint(page);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        // Without this a page with that status is left for somebody else to write.
        context.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature
        {
            OriginalPath = context.Request.Path,
            OriginalPathBase = context.Request.PathBase,
        });
        return page.RequestDelegate!(context);
    }
}
