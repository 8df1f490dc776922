using Coordination.Dashboard.SignIn.OpenId;
using Coordination.Domain.People.BreakGlass;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.SignIn.BreakGlass;

/// <summary>Adds sign-in by accounts of our own, for when the identity provider is away: ASP.NET Core Identity on PostgreSQL.</summary>
public static class BreakGlassSetup
{
    /// <summary>Rounds of a password's hash: OWASP's cheat sheet on storing passwords, for PBKDF2 with HMAC-SHA-512, which is Identity's.</summary>
    public const int PasswordRounds = 210_000;

    private static readonly TimeSpan Unfinished = TimeSpan.FromMinutes(5);

    /// <summary>Adds it.</summary>
    public static void AddBreakGlass(this AuthenticationBuilder authentication)
    {
        var services = authentication.Services;
        services.AddSingleton<BreakGlassInstruments>();
        services.AddSingleton<BreakGlassSessions>();
        services.AddSingleton<BreakGlassAlarms>();
        services.AddHostedService(provider => provider.GetRequiredService<BreakGlassAlarms>());
        services.AddSingleton<BreakGlassDesk>();
        services.AddSingleton<AppKeys>();
        services.AddSingleton<RecoveryCodes>();
        services.AddSingleton<IPasswordHasher<BreakGlassUser>, CountedHasher>();
        services.AddSingleton<Decoy>();
        services.AddScoped<BreakGlassUsers>();
        services.AddScoped<IUserStore<BreakGlassUser>>(provider => provider.GetRequiredService<BreakGlassUsers>());
        services.AddScoped<BreakGlassOwn>();
        services.AddScoped<BreakGlassSignIn>();
        services.AddIdentityCore<BreakGlassUser>()
            .AddSignInManager()
            .AddTokenProvider<AuthenticatorTokenProvider<BreakGlassUser>>(TokenOptions.DefaultAuthenticatorProvider);
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = PasswordRounds);
        services.AddOptions<IdentityOptions>().Configure<IOptions<SignInOptions>>((to, from) => Configure(to, from.Value.BreakGlass));
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<SignInOptions>>((to, from) => Configure(to, from.Value));

        // Identity keeps the question that a passkey is asked in this cookie, for as long as the answer may take.
        authentication.AddCookie(IdentityConstants.TwoFactorUserIdScheme);
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme).Configure<IOptions<SignInOptions>>((to, from) =>
        {
            to.Cookie.Name = "coordination-passkey";
            to.Cookie.HttpOnly = true;
            to.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            if (from.Value.Mode == SignInMode.OpenIdConnect)
            {
                OpenIdSetup.Harden(to.Cookie, from.Value.OpenIdConnect, "coordination-passkey");
            }

            to.Cookie.SameSite = SameSiteMode.Strict;
            to.ExpireTimeSpan = Unfinished;
            to.SlidingExpiration = false;
        });
    }

    private static void Configure(IdentityOptions to, BreakGlassOptions from)
    {
        // Long, and otherwise as the person likes: three or four words.
        to.Password.RequiredLength = BreakGlassRules.ShortestPassword;
        to.Password.RequiredUniqueChars = 6;
        (to.Password.RequireDigit, to.Password.RequireLowercase, to.Password.RequireUppercase, to.Password.RequireNonAlphanumeric) = (false, false, false, false);
        (to.Lockout.MaxFailedAccessAttempts, to.Lockout.DefaultLockoutTimeSpan, to.Lockout.AllowedForNewUsers) = (from.Attempts, from.LockedFor, true);
        to.User.RequireUniqueEmail = false;
        to.Tokens.AuthenticatorTokenProvider = TokenOptions.DefaultAuthenticatorProvider;
    }

    // A passkey belongs to a name for good. It says whose it is, and makes sure who is there.
    private static void Configure(IdentityPasskeyOptions to, SignInOptions from)
    {
        to.ServerDomain = from.Mode == SignInMode.OpenIdConnect ? new Uri(from.OpenIdConnect.PublicAddress!).Host : "localhost";
        to.UserVerificationRequirement = "required";
        to.ResidentKeyRequirement = "required";
        to.AttestationConveyancePreference = "none";
        to.AuthenticatorTimeout = Unfinished;
        if (from.Mode == SignInMode.OpenIdConnect)
        {
            var here = new Uri(from.OpenIdConnect.PublicAddress!).GetLeftPart(UriPartial.Authority);
            to.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && string.Equals(context.Origin, here, StringComparison.OrdinalIgnoreCase));
        }
    }
}
