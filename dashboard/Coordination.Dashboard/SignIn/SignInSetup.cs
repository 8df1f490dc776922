using System.Security.Claims;
using Coordination.Dashboard.Api;
using Coordination.Dashboard.SignIn.BreakGlass;
using Coordination.Dashboard.SignIn.OpenId;
using Coordination.Dashboard.SignIn.Sessions;
using Coordination.Domain.People;
using Coordination.Storage.People.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.SignIn;

/// <summary>Adds sign-in and the policies.</summary>
public static class SignInSetup
{
    private const string Chooser = "bearer-or-cookie";

    /// <summary>Adds authentication by cookie or bearer token, and authorization that denies by default.</summary>
    public static IHostApplicationBuilder AddSignIn(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SignInOptions>, SignInOptionsValidator>();
        services.AddSingleton<StaffDirectory>();
        services.AddSingleton<SignInSessions>();
        services.AddSingleton<SessionOpener>();
        services.AddSingleton<SessionDesk>();
        services.AddSingleton<SignInRecordDesk>();
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

        // Not lengthened by use: whoever it is proves it anew with each shift, and an account that was closed at the provider ends here, too.
        cookie.SlidingExpiration = false;
        cookie.Events.OnValidatePrincipal = RefreshAsync;
        cookie.Events.OnRedirectToAccessDenied = TellAsync;
        if (options.Value.Mode == SignInMode.OpenIdConnect)
        {
            OpenIdSetup.Harden(cookie.Cookie, options.Value.OpenIdConnect, "coordination");
        }
    }

    // Sign-in, roles and accounts are read anew with each request: a cookie names a sign-in, and says nothing of what its person may do.
    private static async Task RefreshAsync(CookieValidatePrincipalContext context)
    {
        if (await ReadAsync(context) is { } principal)
        {
            context.ReplacePrincipal(principal);
        }
        else
        {
            context.RejectPrincipal();
        }
    }

    private static async Task<ClaimsPrincipal?> ReadAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var stop = context.HttpContext.RequestAborted;
        if (!context.Properties.Items.TryGetValue(SessionOpener.Secret, out var secret) || secret is null
            || await services.GetRequiredService<SignInSessions>().FindAsync(secret, stop) is not { } session
            || !Fits(session.Look.Way, services.GetRequiredService<IOptions<SignInOptions>>().Value.Mode)
            || await services.GetRequiredService<StaffDirectory>().FindAsync(session.Look.StaffId, stop) is not { } member)
        {
            return null;
        }

        var glass = session.Look.Way == SignInWay.BreakGlass;
        var actor = member.AsActor() with { Stale = true };
        var principal = (glass ? BreakGlassSession.Narrow(actor) : actor).ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme);
        principal.IsOf(session.Look.Id);
        if (session.FreshUntil(services.GetRequiredService<IOptions<SignInOptions>>().Value.FreshFor) is { } fresh && services.GetRequiredService<TimeProvider>().GetUtcNow() < fresh)
        {
            principal.IsFreshUntil(fresh);
        }

        principal.EndsAt(session.EndsAt);
        if (glass)
        {
            BreakGlassSession.Read(context.Properties.Items.TryGetValue(BreakGlassSession.Claim, out var grant) ? grant ?? "" : "").Mark(principal);
        }

        return await services.GetRequiredService<BreakGlassSessions>().IsOpenAsync(principal, stop) ? principal : null;
    }

    private static bool Fits(SignInWay way, SignInMode mode) => way switch
    {
        SignInWay.Demo => mode == SignInMode.Demo,
        SignInWay.Provider => mode == SignInMode.OpenIdConnect,
        _ => mode != SignInMode.Tokens,
    };

    // Whose role sees the guide alone has it as their first page.
    private static Task TellAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var home = context.Request.Path == "/" && context.HttpContext.User.TryGetActor(out var actor) && !actor.May(Permission.Read);
        context.Response.Redirect(home ? "/guide" : context.RedirectUri);
        return Task.CompletedTask;
    }
}
