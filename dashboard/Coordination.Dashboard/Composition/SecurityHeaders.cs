using Coordination.Dashboard.Api;
using Coordination.Dashboard.SignIn;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Composition;

/// <summary>What every answer tells a browser not to do.</summary>
/// <remarks>
/// Pages load scripts, styles, pictures and connections from this host alone; no script stands in a page, and none is made from text. Style
/// attributes are let in: the component library sizes and places by them, and no text of a person gets into one.
/// What an answer says of itself (an uploaded image) is stricter and stays.
/// </remarks>
public static class SecurityHeaders
{
    private const string Pages =
        "default-src 'none'; script-src 'self'; style-src-elem 'self'; style-src-attr 'unsafe-inline'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

    private const string Programs = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private const string Devices =
        "accelerometer=(), bluetooth=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()";

    /// <summary>Browsers keep to TLS for a year.</summary>
    public static void AddSecurityHeaders(this IHostApplicationBuilder builder) =>
        builder.Services.Configure<HstsOptions>(hsts => hsts.MaxAge = TimeSpan.FromDays(365));

    /// <summary>Adds the headers to every answer, those of errors too; over TLS, browsers are told to come back by TLS alone for a year.</summary>
    /// <remarks>The forms that sign in and out lead on to the identity provider, where there is one: to its address, and to no other.</remarks>
    public static void UseSecurityHeaders(this WebApplication app)
    {
        var pages = app.Services.GetRequiredService<IOptions<SignInOptions>>().Value is { Mode: SignInMode.OpenIdConnect, OpenIdConnect.Authority: { } authority }
            ? $"{Pages} {new Uri(authority).GetLeftPart(UriPartial.Authority)}"
            : Pages;
        app.UseHsts();
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() => Write(context, pages));
            return next(context);
        });
    }

    // Last: whoever answers an error has cleared what stood there.
    private static Task Write(HttpContext context, string pages)
    {
        var headers = context.Response.Headers;
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = ApiPaths.Contain(context.Request.Path) ? Programs : pages;
        }

        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = headers["Referrer-Policy"].Count > 0 ? headers["Referrer-Policy"] : "same-origin";
        headers["Permissions-Policy"] = Devices;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return Task.CompletedTask;
    }
}
