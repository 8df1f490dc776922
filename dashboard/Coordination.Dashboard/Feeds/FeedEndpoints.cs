using Coordination.Dashboard.Api;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Feeds;

/// <summary>What calendar programs read, and the routes that make and revoke its address.</summary>
public static class FeedEndpoints
{
    /// <summary>Adds it.</summary>
    public static IHostApplicationBuilder AddFeeds(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CalendarFeeds>();

        // Its lines hold whole addresses, and the feed's has a secret in it.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        return builder;
    }

    /// <summary>Maps the feed: for whoever has its address, without a sign-in, as calendar programs ask.</summary>
    public static void MapFeeds(this IEndpointRouteBuilder routes) =>
        routes.MapGet(CalendarFeeds.Path, ReadAsync).AllowAnonymous().ExcludeFromDescription();

    /// <summary>Maps the routes about one's own address.</summary>
    public static void MapCalendarFeed(this IEndpointRouteBuilder api)
    {
        api.MapPost("/calendar/feed", MakeAsync).RequirePermission(Permission.Read)
            .WithSummary("Makes an address for your calendar program (iCalendar), in the place of a former one. It is shown once.").Produces<FeedDto>(StatusCodes.Status201Created);
        api.MapDelete("/calendar/feed", RevokeAsync).RequirePermission(Permission.Read)
            .WithSummary("Takes the address of your calendar program back.").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ReadAsync(string? token, HttpContext context, CalendarFeeds feeds, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "private, max-age=300";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return await feeds.ReadAsync(token, Root(context.Request), cancellationToken) is { } file
            ? Results.Text(file, "text/calendar; charset=utf-8")
            : Problems.Of(new Refusal("feed-unknown", "There is no calendar here. Its address was taken back, or is mistyped. Make a new one on the calendar's page.", RefusalKind.NotFound));
    }

    // An address reads on when the token has ended: what a client was given does not reach so far.
    private static async Task<IResult> MakeAsync(HttpContext context, CalendarFeeds feeds, CancellationToken cancellationToken) => context.User.Actor().Only is not null
        ? Problems.Of(new Refusal("forbidden", "An API client makes no calendar address. Nothing was changed. Its owner makes one on the calendar’s page.", RefusalKind.Forbidden))
        : TypedResults.Created((string?)null, new FeedDto(new Uri(Root(context.Request), await feeds.MakeAsync(context.User.Actor(), cancellationToken)).ToString()));

    private static async Task<IResult> RevokeAsync(HttpContext context, CalendarFeeds feeds, CancellationToken cancellationToken)
    {
        if (context.User.Actor().Only is not null)
        {
            return Problems.Of(new Refusal("forbidden", "An API client ends no calendar address. Nothing was changed. Its owner ends it on the calendar’s page.", RefusalKind.Forbidden));
        }

        await feeds.RevokeAsync(context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static Uri Root(HttpRequest request) => new($"{request.Scheme}://{request.Host}");
}

/// <summary>The address of a calendar.</summary>
/// <param name="Address">For a calendar program: whoever has it reads. It is not shown again.</param>
public sealed record FeedDto(string Address);
