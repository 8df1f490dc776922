using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.SignIn;

/// <summary>The forms that sign a person in and out. The page that shows the first is <c>/sign-in</c>.</summary>
public static class SignInEndpoints
{
    /// <summary>Maps <c>POST /sign-in</c> (demo only) and <c>POST /sign-out</c>; both need the antiforgery field.</summary>
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<IOptions<SignInOptions>>().Value.Mode == SignInMode.Demo)
        {
            // The page at the same address takes every method; the form's handler comes first.
            routes.MapPost("/sign-in", SignInAsync).AllowAnonymous().WithOrder(-1).ExcludeFromDescription();
        }

        routes.MapPost("/sign-out", (Delegate)SignOutAsync).WithMetadata(new RequireAntiforgeryTokenAttribute()).WithOrder(-1).ExcludeFromDescription();
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] string? staffId, [FromForm] string? returnUrl, HttpContext context, StaffDirectory staff)
    {
        if (string.IsNullOrWhiteSpace(staffId) || await staff.FindAsync(staffId, context.RequestAborted) is not { } member)
        {
            return Results.LocalRedirect("/sign-in?error=unknown");
        }

        await context.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme, member.AsActor().ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme));
        return Results.LocalRedirect(IsLocal(returnUrl) ? returnUrl! : "/");
    }

    private static async Task<IResult> SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.LocalRedirect("/sign-in");
    }

    // "//host" and "/\host" are other sites to a browser.
    private static bool IsLocal(string? url) =>
        url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl);
}
