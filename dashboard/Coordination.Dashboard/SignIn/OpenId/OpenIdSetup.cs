using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Coordination.Dashboard.SignIn.OpenId;

/// <summary>Adds sign-in by OpenID Connect: authorization code with PKCE, state and nonce.</summary>
public static class OpenIdSetup
{
    /// <summary>The scheme's name.</summary>
    public const string Scheme = "OpenId";

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Unfinished = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan BetweenKeyLooks = TimeSpan.FromSeconds(10);

    // A key that only signs; never one that both sides know.
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>Adds it.</summary>
    public static void AddOpenId(this AuthenticationBuilder authentication)
    {
        var services = authentication.Services;
        authentication.AddOpenIdConnect(Scheme, options => options.EventsType = typeof(OpenIdEvents));
        services.AddScoped<OpenIdEvents>();
        services.AddSingleton<OpenIdAdmission>();
        services.AddSingleton<ProviderReach>();
        services.AddSingleton<RefusalTicket>();
        services.AddOptions<OpenIdConnectOptions>(Scheme).Configure<IOptions<SignInOptions>>((to, from) => Configure(to, from.Value.OpenIdConnect));
        services.AddOptions<AntiforgeryOptions>().Configure<IOptions<SignInOptions>>((to, from) => Harden(to.Cookie, from.Value.OpenIdConnect, "coordination-form"));
    }

    /// <summary>Makes a cookie one that no other host and no plain connection can set; on this machine, where there is no TLS, it has the plain name.</summary>
    public static void Harden(CookieBuilder cookie, OpenIdOptions options, string name)
    {
        var secure = new Uri(options.PublicAddress!).Scheme == Uri.UriSchemeHttps;
        cookie.Name = (secure ? "__Host-" : "") + name;
        cookie.Path = "/";
        cookie.Domain = null;
        cookie.HttpOnly = true;
        cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }

    /// <summary>Lets the service speak of itself by the address that people have of it, whatever proxy a request came through and whatever host it names.</summary>
    public static void UsePublicAddress(this WebApplication app)
    {
        var options = app.Configuration.GetSection(SignInOptions.Section).Get<SignInOptions>();
        if (options?.Mode != SignInMode.OpenIdConnect || !Uri.TryCreate(options.OpenIdConnect.PublicAddress, UriKind.Absolute, out var address))
        {
            return;
        }

        var host = HostString.FromUriComponent(address);
        app.Use((context, next) =>
        {
            context.Request.Scheme = address.Scheme;
            context.Request.Host = host;
            return next(context);
        });
    }

    private static void Configure(OpenIdConnectOptions to, OpenIdOptions from)
    {
        to.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        to.Authority = from.Authority;
        to.RequireHttpsMetadata = new Uri(from.Authority!).Scheme == Uri.UriSchemeHttps;
        to.ClientId = from.ClientId;
        to.ClientSecret = from.ClientSecretFile is { } file ? File.ReadAllText(file).Trim() : from.ClientSecret;
        to.CallbackPath = from.CallbackPath;
        to.SignedOutCallbackPath = from.SignedOutPath;
        to.SignedOutRedirectUri = "/sign-in?out=done";

        // Who leaves is out by the staff list. A way for the provider's pages to end a session would need cookies that other sites can send.
        to.RemoteSignOutPath = default;
        to.ResponseType = OpenIdConnectResponseType.Code;
        to.UsePkce = true;

        // A link back, not a form from another site: the cookies of a sign-in under way stay this site's own.
        to.ResponseMode = OpenIdConnectResponseMode.Query;
        to.Scope.Clear();
        foreach (var scope in from.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            to.Scope.Add(scope);
        }

        to.MapInboundClaims = false;
        to.ClaimActions.Clear();
        to.SaveTokens = false;
        to.GetClaimsFromUserInfoEndpoint = false;
        to.UseTokenLifetime = false;
        to.DisableTelemetry = true;
        to.BackchannelTimeout = TimeSpan.FromSeconds(10);
        to.RemoteAuthenticationTimeout = Unfinished;
        to.ProtocolValidator.NonceLifetime = Unfinished;
        to.RefreshOnIssuerKeyNotFound = true;
        to.RefreshInterval = BetweenKeyLooks;
        to.TokenValidationParameters = new TokenValidationParameters { ClockSkew = ClockSkew, ValidAlgorithms = Algorithms, NameClaimType = from.NameClaim };
        foreach (var (cookie, name) in ((CookieBuilder, string)[])[(to.CorrelationCookie, "coordination-c."), (to.NonceCookie, "coordination-n.")])
        {
            Harden(cookie, from, name);
            cookie.SameSite = SameSiteMode.Lax;
        }
    }
}
