using System.Security.Claims;
using Coordination.Dashboard.SignIn.OpenId;
using Coordination.Dashboard.SignIn.Sessions;
using Coordination.Domain.People.BreakGlass;
using Coordination.Storage;
using Coordination.Storage.People.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Coordination.Dashboard.SignIn.BreakGlass;

/// <summary>The forms of the sign-in page for when the provider is away, and of one's own page on which a passkey is made.</summary>
public static partial class BreakGlassEndpoints
{
    /// <summary>Path of the sign-in page.</summary>
    public const string Page = "/sign-in/break-glass";

    /// <summary>Path of the page on which a person sets their account up.</summary>
    public const string OwnPage = "/me/break-glass";

    private const int LongestCredential = 20_000;

    /// <summary>Maps them, where such accounts are enabled; all need the antiforgery field, and are counted before they are read.</summary>
    public static void MapBreakGlass(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<IOptions<SignInOptions>>().Value.BreakGlass.Enabled)
        {
            return;
        }

        Open(routes, Page, ByPasswordAsync, SignInLimits.Password).AddEndpointFilter<SharedLimitFilter>();
        Open(routes, Page + "/passkey", ByPasskeyAsync, SignInLimits.Passkey);
        Open(routes, Page + "/passkey/options", AskAsync, SignInLimits.Passkey);
        routes.MapPost(OwnPage + "/passkey", AddAsync).WithOrder(-1).RequireRateLimiting(SignInLimits.Passkey).ExcludeFromDescription();
        routes.MapPost(OwnPage + "/passkey/options", AskForNewAsync).WithOrder(-1).RequireRateLimiting(SignInLimits.Passkey).ExcludeFromDescription();
    }

    private static RouteHandlerBuilder Open(IEndpointRouteBuilder routes, string path, Delegate handler, string limit) =>
        routes.MapPost(path, handler).AllowAnonymous().WithOrder(-1).RequireRateLimiting(limit).ExcludeFromDescription();

    private static Task<IResult> ByPasswordAsync(
        [FromForm] string? user, [FromForm] string? password, [FromForm] string? code, [FromForm] string? reason, [FromForm] string? returnUrl,
        HttpContext context, BreakGlassSignIn signIn, StaffDirectory staff, ILogger<BreakGlassSignIn> logger) =>
        SignInAsync(context, staff, reason, returnUrl, logger, () =>
            password is { Length: > 0 and <= BreakGlassRules.LongestPassword } && code is { Length: > 0 and <= RecoveryCodes.Longest } && user is not null
                ? signIn.ByPasswordAsync(user, password, code, reason!, context.RequestAborted)
                : Task.FromResult<BreakGlassAdmitted?>(null));

    private static Task<IResult> ByPasskeyAsync(
        [FromForm] string? credential, [FromForm] string? reason, [FromForm] string? returnUrl, HttpContext context, BreakGlassSignIn signIn, StaffDirectory staff, ILogger<BreakGlassSignIn> logger) =>
        SignInAsync(context, staff, reason, returnUrl, logger, () => credential is { Length: > 0 and <= LongestCredential }
            ? signIn.ByPasskeyAsync(credential, reason!, context.RequestAborted)
            : Task.FromResult<BreakGlassAdmitted?>(null));

    // The question that a passkey answers. The same for everybody: nobody has said who they are.
    private static async Task<IResult> AskAsync([FromForm] string? asks, SignInManager<BreakGlassUser> passkeys)
    {
        _ = asks;
        return Results.Content(await passkeys.MakePasskeyRequestOptionsAsync(null), "application/json");
    }

    private static async Task<IResult> AskForNewAsync([FromForm] string? asks, HttpContext context, BreakGlassOwn own, SignInManager<BreakGlassUser> passkeys)
    {
        _ = asks;
        if (!IsPerson(context.User) || await own.FindAsync(context.User) is not { } user)
        {
            return Results.Forbid();
        }

        return Results.Content(await passkeys.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity
        {
            Id = user.Account.StaffId, Name = user.Account.UserName, DisplayName = user.Account.Name,
        }), "application/json");
    }

    private static async Task<IResult> AddAsync([FromForm] string? credential, [FromForm] string? name, HttpContext context, BreakGlassOwn own)
    {
        if (!IsPerson(context.User))
        {
            return Results.Forbid();
        }

        if (context.User.Actor().Stale)
        {
            return Results.LocalRedirect(OwnPage + "?passkey=old");
        }

        var done = credential is { Length: > 0 and <= LongestCredential } && await own.AddPasskeyAsync(context.User, credential, name);
        return Results.LocalRedirect(OwnPage + (done ? "?passkey=added" : "?passkey=failed"));
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, StaffDirectory staff, string? reason, string? returnUrl, ILogger logger, Func<Task<BreakGlassAdmitted?>> attempt)
    {
        var back = LocalAddress.OrNull(returnUrl);
        if (BreakGlassRules.CheckReason(reason) is not null)
        {
            return Again("reason", back);
        }

        try
        {
            if (await attempt() is not { } admitted || await staff.FindAsync(admitted.StaffId, context.RequestAborted) is not { } member)
            {
                return Again("failed", back);
            }

            var properties = await context.RequestServices.GetRequiredService<SessionOpener>().OpenAsync(context, member.Id, SignInWay.BreakGlass, null);
            properties.Items[BreakGlassSession.Claim] = admitted.Session.ToString();
            await context.SignInAsync(
                CookieAuthenticationDefaults.AuthenticationScheme, member.AsActor().ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme), properties);
            return Results.LocalRedirect(back ?? "/");
        }
        catch (Exception e) when (e is NpgsqlException or CommitUnconfirmedException or TimeoutException)
        {
            // Who cannot be recorded is not let in.
            LogStoreAway(logger, e.GetType().Name);
            return Results.LocalRedirect(SignInProblem.StoreAway.Address);
        }
    }

    private static IResult Again(string why, string? back) =>
        Results.LocalRedirect($"{Page}?why={why}{(back is null ? "" : "&returnUrl=" + Uri.EscapeDataString(back))}");

    // A program with a token has no passkey.
    private static bool IsPerson(ClaimsPrincipal user) => user.Identity?.AuthenticationType is CookieAuthenticationDefaults.AuthenticationScheme;

    [LoggerMessage(1, LogLevel.Warning, "A sign-in by a break-glass account was refused, because it could not be recorded ({Failure}).")]
    private static partial void LogStoreAway(ILogger logger, string failure);
}
