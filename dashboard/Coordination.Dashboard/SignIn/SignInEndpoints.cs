using Coordination.Dashboard.SignIn.BreakGlass;
using Coordination.Dashboard.SignIn.OpenId;
using Coordination.Dashboard.SignIn.Sessions;
using Coordination.Storage;
using Coordination.Storage.People.Sessions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Coordination.Dashboard.SignIn;

/// <summary>The forms that sign a person in and out. The page that shows the first is <c>/sign-in</c>.</summary>
public static class SignInEndpoints
{
    /// <summary>Where somebody who is signed in confirms that it is them.</summary>
    public const string Again = "/sign-in/again";

    /// <summary>Maps <c>POST /sign-in</c> (not with tokens alone) and <c>POST /sign-out</c>; both need the antiforgery field.</summary>
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        var mode = routes.ServiceProvider.GetRequiredService<IOptions<SignInOptions>>().Value.Mode;
        routes.MapBreakGlass();

        // The page at the same address takes every method; the form's handler comes first.
        switch (mode)
        {
            case SignInMode.Demo:
                routes.MapPost("/sign-in", SignInAsync).AllowAnonymous().WithOrder(-1).RequireRateLimiting(SignInLimits.SignIn).ExcludeFromDescription();
                routes.MapPost(Again, ConfirmAsync).WithOrder(-1).RequireRateLimiting(SignInLimits.SignIn).ExcludeFromDescription();
                break;
            case SignInMode.OpenIdConnect:
                routes.MapPost("/sign-in", OpenIdEndpoints.SignInAsync).AllowAnonymous().WithOrder(-1).RequireRateLimiting(SignInLimits.SignIn).ExcludeFromDescription();
                routes.MapPost(Again, OpenIdEndpoints.ConfirmAsync).WithOrder(-1).RequireRateLimiting(SignInLimits.SignIn).ExcludeFromDescription();
                routes.MapPost("/sign-out", OpenIdEndpoints.SignOutAsync).WithMetadata(new RequireAntiforgeryTokenAttribute()).WithOrder(-1).ExcludeFromDescription();
                return;
        }

        routes.MapPost("/sign-out", (Delegate)SignOutAsync).WithMetadata(new RequireAntiforgeryTokenAttribute()).WithOrder(-1).ExcludeFromDescription();
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] string? staffId, [FromForm] string? returnUrl, HttpContext context, StaffDirectory staff, SessionOpener opener)
    {
        try
        {
            if (string.IsNullOrWhiteSpace(staffId) || await staff.FindAsync(staffId, context.RequestAborted) is not { } member)
            {
                return Results.LocalRedirect("/sign-in?error=unknown");
            }

            await context.SignInAsync(
                CookieAuthenticationDefaults.AuthenticationScheme,
                member.AsActor().ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme),
                await opener.OpenAsync(context, member.Id, SignInWay.Demo, null));
        }
        catch (Exception e) when (e is NpgsqlException or CommitUnconfirmedException or TimeoutException)
        {
            // A sign-in that is stored nowhere could not be ended.
            return Results.LocalRedirect(SignInProblem.StoreAway.Address);
        }

        return Results.LocalRedirect(LocalAddress.OrNull(returnUrl) ?? "/");
    }

    // The demo's sign-in again, as who is there: nobody else can be chosen here, and a break-glass sign-in is renewed by its own way.
    private static async Task<IResult> ConfirmAsync([FromForm] string? returnUrl, HttpContext context, SessionOpener opener)
    {
        var back = LocalAddress.OrNull(returnUrl);
        if (BreakGlassSession.Of(context.User) is not null)
        {
            return Results.LocalRedirect(BreakGlassEndpoints.Page + (back is null ? "" : "?returnUrl=" + Uri.EscapeDataString(back)));
        }

        try
        {
            var me = context.User.Actor();
            await context.SignInAsync(
                CookieAuthenticationDefaults.AuthenticationScheme, me.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme), await opener.OpenAsync(context, me.Id, SignInWay.Demo, null));
            return Results.LocalRedirect(back ?? "/");
        }
        catch (Exception e) when (e is NpgsqlException or CommitUnconfirmedException or TimeoutException)
        {
            return Results.LocalRedirect(SignInProblem.StoreAway.Address);
        }
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, SessionDesk desk)
    {
        var certain = await desk.SignOutAsync(context.User);
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.LocalRedirect(certain ? "/sign-in" : "/sign-in?out=uncertain");
    }
}
