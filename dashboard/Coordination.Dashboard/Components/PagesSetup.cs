using Coordination.Dashboard.Components.Holds;
using Microsoft.AspNetCore.Components.Authorization;
using Radzen;

namespace Coordination.Dashboard.Components;

/// <summary>Puts the pages into the web host.</summary>
public static class PagesSetup
{
    // What keeps its own tongue on a wrong path: programs get problem details, not a page.
    private static readonly string[] ProgramPaths = ["/api", "/hubs", "/openapi", "/health", "/_blazor", "/_framework"];

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
        builder.Services.AddSingleton<NowWatch>();
        builder.Services.AddSingleton<PlacedHere>();
        return builder;
    }

    /// <summary>Maps the pages. Call it after authentication, authorization and antiforgery are in the pipeline.</summary>
    public static WebApplication MapPages(this WebApplication app)
    {
        app.UseWhen(
            context => !Array.Exists(ProgramPaths, path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)),
            pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }
}
