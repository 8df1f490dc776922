using Coordination.Dashboard.Api;
using Coordination.Dashboard.SignIn.BreakGlass;
using Coordination.Dashboard.SignIn.OpenId;
using Coordination.Domain.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.SignIn;

/// <summary>Adds sign-in and the policies.</summary>
public static class SignInSetup
{
    /// <summary>Under this name a cookie says how its person signed in.</summary>
    public const string By = "by";

    private const string Chooser = "bearer-or-cookie";

    /// <summary>Adds authentication by cookie or bearer token, and authorization that denies by default.</summary>
    public static IHostApplicationBuilder AddSignIn(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SignInOptions>, SignInOptionsValidator>();
        services.AddSingleton<StaffDirectory>();
        services.AddHttpContextAccessor();
        services.AddAntiforgery();
        var authentication = services.AddAuthentication(Chooser)
            .AddPolicyScheme(Chooser, displayName: null, options => options.ForwardDefaultSelector = context =>
                // Pages are for people: a token opens none, whatever it may do at the API.
                ApiPaths.Contain(context.Request.Path) && (BearerHandler.IsUsedBy(context.Request) || IsTokensOnly(context))
                    ? BearerHandler.SchemeName
                    : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, displayName: null, configureOptions: null)
            .AddCookie();
        if (builder.Configuration.GetValue<SignInMode>(SignInOptions.Section + ":" + nameof(SignInOptions.Mode)) == SignInMode.OpenIdConnect)
        {
            authentication.AddOpenId();
        }

        authentication.AddBreakGlass();
        services.AddSignInLimits();
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme).Configure<IOptions<SignInOptions>>(ConfigureCookie);
        services.AddAuthorization(PermissionPolicies.Add);
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        services.AddSingleton<IAuthorizationHandler, PageHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, DenialWriter>();
        return builder;
    }

    private static bool IsTokensOnly(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<SignInOptions>>().Value.Mode == SignInMode.Tokens;

    private static void ConfigureCookie(CookieAuthenticationOptions cookie, IOptions<SignInOptions> options)
    {
        cookie.Cookie.Name = "coordination";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.LoginPath = "/sign-in";
        cookie.AccessDeniedPath = "/not-allowed";
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.ExpireTimeSpan = options.Value.Lifetime;
        cookie.SlidingExpiration = true;
        cookie.Events.OnValidatePrincipal = RefreshAsync;
        cookie.Events.OnRedirectToAccessDenied = TellAsync;
        if (options.Value.Mode == SignInMode.OpenIdConnect)
        {
            // The provider is asked anew with each shift: an account that was closed there ends here, too.
            cookie.SlidingExpiration = false;
            OpenIdSetup.Harden(cookie.Cookie, options.Value.OpenIdConnect, "coordination");
        }
    }

    // Roles and accounts are read anew with each request: a cookie says who somebody is, not what they may do.
    private static async Task RefreshAsync(CookieValidatePrincipalContext context)
    {
        var staff = context.HttpContext.RequestServices.GetRequiredService<StaffDirectory>();
        var id = context.Principal?.FindFirst(ActorClaims.StaffId)?.Value;
        var mode = context.HttpContext.RequestServices.GetRequiredService<IOptions<SignInOptions>>().Value.Mode;
        var by = context.Properties.Items.TryGetValue(By, out var said) ? said : null;
        var glass = string.Equals(by, BreakGlassSession.Scheme, StringComparison.Ordinal) ? BreakGlassSession.Read(context.Properties.Items[BreakGlassSession.Claim] ?? "") : null;
        var byProvider = string.Equals(by, OpenIdSetup.Scheme, StringComparison.Ordinal);
        if (id is not null && mode != SignInMode.Tokens && (glass is not null || byProvider == (mode == SignInMode.OpenIdConnect)) && await staff.FindAsync(id, context.HttpContext.RequestAborted) is { } member)
        {
            var principal = (glass is null ? member.AsActor() : BreakGlassSession.Narrow(member.AsActor())).ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme);
            principal = glass?.Mark(principal) ?? principal;
            if (!context.Options.SlidingExpiration && context.Properties.ExpiresUtc is { } end)
            {
                principal.EndsAt(end);
            }

            if (await context.HttpContext.RequestServices.GetRequiredService<BreakGlassSessions>().IsOpenAsync(principal, context.HttpContext.RequestAborted))
            {
                context.ReplacePrincipal(principal);
                return;
            }
        }

        context.RejectPrincipal();
    }

    // Whose role sees the guide alone has it as their first page.
    private static Task TellAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var home = context.Request.Path == "/" && context.HttpContext.User.TryGetActor(out var actor) && !actor.May(Permission.Read);
        context.Response.Redirect(home ? "/guide" : context.RedirectUri);
        return Task.CompletedTask;
    }
}
