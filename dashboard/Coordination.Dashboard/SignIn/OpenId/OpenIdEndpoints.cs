using Coordination.Dashboard.SignIn.BreakGlass;
using Coordination.Dashboard.SignIn.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;

namespace Coordination.Dashboard.SignIn.OpenId;

/// <summary>The forms that send a person to the provider, to sign in and out.</summary>
public static class OpenIdEndpoints
{
    private const string Uncertain = "/sign-in?out=uncertain";

    /// <summary>Begins a sign-in.</summary>
    /// <param name="returnUrl">Where to go afterwards; only inside this service.</param>
    /// <param name="another">Whether the provider asks for the account again, though somebody is signed in there.</param>
    /// <param name="context">The request.</param>
    /// <param name="provider">Whether the provider answers.</param>
    public static async Task<IResult> SignInAsync([FromForm] string? returnUrl, [FromForm] bool? another, HttpContext context, ProviderReach provider)
    {
        var properties = new OpenIdConnectChallengeProperties { RedirectUri = LocalAddress.OrNull(returnUrl) ?? "/" };
        if (another == true)
        {
            properties.Prompt = "login";
        }

        return await ToProviderAsync(context, provider, () => context.ChallengeAsync(OpenIdSetup.Scheme, properties))
            ? Results.Empty
            : Results.LocalRedirect(SignInProblem.Away.Address);
    }

    /// <summary>Has somebody who is signed in confirm by the provider that it is them.</summary>
    public static async Task<IResult> ConfirmAsync([FromForm] string? returnUrl, HttpContext context, ProviderReach provider, TimeProvider time)
    {
        var step = new StepUp(context.User.Actor().Id, time.GetUtcNow());
        return await ToProviderAsync(context, provider, () => context.ChallengeAsync(OpenIdSetup.Scheme, step.Challenge(LocalAddress.OrNull(returnUrl) ?? "/")))
            ? Results.Empty
            : Results.LocalRedirect(SignInProblem.Away.Address);
    }

    /// <summary>Signs out here at once, then at the provider.</summary>
    public static async Task<IResult> SignOutAsync(HttpContext context, ProviderReach provider, SessionDesk desk)
    {
        var certain = await desk.SignOutAsync(context.User);
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        if (BreakGlassSession.Of(context.User) is not null)
        {
            // The provider knows nothing of it.
            return Results.LocalRedirect(certain ? "/sign-in?out=glass" : Uncertain);
        }

        var back = new AuthenticationProperties { RedirectUri = certain ? "/sign-in?out=done" : Uncertain };
        return await ToProviderAsync(context, provider, () => context.SignOutAsync(OpenIdSetup.Scheme, back)) ? Results.Empty : Results.LocalRedirect(certain ? "/sign-in?out=here" : Uncertain);
    }

    private static async Task<bool> ToProviderAsync(HttpContext context, ProviderReach provider, Func<Task> send)
    {
        if (!await provider.AnswersAsync(context.RequestAborted))
        {
            return false;
        }

        try
        {
            await send();
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException && !context.Response.HasStarted)
        {
            // It answers, but not with what can be used.
            return false;
        }
    }
}
