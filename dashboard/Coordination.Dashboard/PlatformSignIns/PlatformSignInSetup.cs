using Coordination.Dashboard.SignIn;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.PlatformSignIns;

/// <summary>Adds the desk, and the form that sets a sign-in: a plain one, so that a secret never lies in an open page's memory.</summary>
public static class PlatformSignInSetup
{
    /// <summary>Adds the desk.</summary>
    public static IHostApplicationBuilder AddPlatformSignIns(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SignInServerOptions>().BindConfiguration(SignInServerOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<SignInServerOptions>, SignInServerOptionsValidator>();
        builder.Services.AddSingleton<IPlatformSignInDesk, PlatformSignInDesk>();
        return builder;
    }

    /// <summary>Maps the form's <c>POST</c>; it needs the antiforgery field.</summary>
    public static void MapPlatformSignIns(this IEndpointRouteBuilder routes) =>
        // The page at the same address takes every method; the form's handler comes first.
        routes.MapPost("/accounts/{platform}/{handle}/sign-in", SetAsync).RequirePermission(Permission.ManageAccounts).WithOrder(-1).ExcludeFromDescription();

    private static async Task<IResult> SetAsync(
        string platform, string handle, [FromForm] SignInForm form, HttpContext context, IPlatformSignInDesk desk, CancellationToken cancellationToken)
    {
        if (!AccountKey.TryCreate(platform, handle, out var account))
        {
            return Results.NotFound();
        }

        var actor = context.User.Actor();
        var page = $"/accounts/{account.Value}";
        var refusal = form.Remove
            ? await desk.RemoveAsync(account, actor, cancellationToken)
            : await desk.SetAsync(account, form.ToWish(), actor, cancellationToken);
        return refusal is null
            ? Results.LocalRedirect($"{page}#sign-in")
            : Results.LocalRedirect($"{page}/sign-in?kind={Uri.EscapeDataString(form.Kind ?? "")}&error={Uri.EscapeDataString(refusal.Code)}");
    }

    /// <summary>The form's fields.</summary>
    internal sealed class SignInForm
    {
        public string? Kind { get; set; }

        public string? Server { get; set; }

        public string? Token { get; set; }

        public string? TokenSecret { get; set; }

        public string? ConsumerKey { get; set; }

        public string? ConsumerSecret { get; set; }

        public string? Identifier { get; set; }

        public string? Password { get; set; }

        /// <summary>The last day on which it works, in the United Kingdom; empty for none.</summary>
        public DateOnly? EndsOn { get; set; }

        public bool Remove { get; set; }

        public PlatformSignInWish ToWish() => new()
        {
            Kind = Kind,
            Server = Server,
            Token = Token,
            TokenSecret = TokenSecret,
            ConsumerKey = ConsumerKey,
            ConsumerSecret = ConsumerSecret,
            Identifier = Identifier,
            Password = Password,
            ExpiresAt = EndsOn is { } day ? Components.Kit.UkTime.StartOf(day.AddDays(1)) : null,
        };
    }
}
