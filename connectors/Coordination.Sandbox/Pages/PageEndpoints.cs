using System.Globalization;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox.Pages;

/// <summary>The public timelines, as pages for people.</summary>
internal static class PageEndpoints
{
    private const int PageLength = 30;

    /// <summary>Nothing on these pages comes from elsewhere, and nothing that was posted can run.</summary>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        return next(context);
    });

    public static void MapPages(this WebApplication app)
    {
        app.MapGet("/", (long? before, SandboxNetwork network) =>
            Page(TimelinePage.Everybody(network, network.Page(null, before, null, null, PageLength + 1), PageLength)));
        app.MapGet("/@{username}", (string username, long? before, SandboxNetwork network) =>
            network.ByUsername(username) is { } account
                ? Page(TimelinePage.OneAccount(network, account, network.Page(account, before, null, null, PageLength + 1), PageLength))
                : Page(TimelinePage.NotHere(), StatusCodes.Status404NotFound));
        app.MapGet("/@{username}/{id}", (string username, string id, SandboxNetwork network) =>
            long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && network.Post(number) is { } post && network.ByUsername(username) is { } account
            && string.Equals(post.AccountId, account.Id, StringComparison.Ordinal)
                ? Page(TimelinePage.OnePost(network, account, post))
                : Page(TimelinePage.NotHere(), StatusCodes.Status404NotFound));
        app.MapGet("/sandbox.css", () => Results.Text(PageAssets.Css, "text/css"));
        app.MapGet("/sandbox.js", () => Results.Text(PageAssets.Js, "text/javascript"));
        app.MapGet("/header.svg", () => Results.Text(PageAssets.Header, "image/svg+xml"));
        app.MapGet("/avatars/{file}", (string file, SandboxNetwork network) =>
            file.EndsWith(".svg", StringComparison.Ordinal) && network.ByUsername(file[..^4]) is { } account
                ? Results.Text(PageAssets.Avatar(account), "image/svg+xml")
                : Results.NotFound());
    }

    private static IResult Page(string html, int status = StatusCodes.Status200OK) => Results.Text(html, "text/html; charset=utf-8", statusCode: status);
}
