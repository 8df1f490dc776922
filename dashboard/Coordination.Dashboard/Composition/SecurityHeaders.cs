using Coordination.Dashboard.Api;
using Microsoft.AspNetCore.HttpsPolicy;

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
        + "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'self'";

    private const string Programs = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private const string Devices =
        "accelerometer=(), bluetooth=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()";

    /// <summary>Browsers keep to TLS for a year.</summary>
    public static void AddSecurityHeaders(this IHostApplicationBuilder builder) =>
        builder.Services.Configure<HstsOptions>(hsts => hsts.MaxAge = TimeSpan.FromDays(365));

    /// <summary>Adds the headers to every answer, those of errors too; over TLS, browsers are told to come back by TLS alone for a year.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app)
    {
        app.UseHsts();
        app.Use((context, next) =>
        {
            context.Response.OnStarting(Write, context);
            return next(context);
        });
    }

    // Last: whoever answers an error has cleared what stood there.
    private static Task Write(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = ApiPaths.Contain(context.Request.Path) ? Programs : Pages;
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
