using Coordination.Dashboard.Live;

namespace Coordination.Dashboard.Api;

/// <summary>Whether the process lives, and whether it can do its work.</summary>
public static class HealthApi
{
    /// <summary>How old the board may be before the host calls itself not ready.</summary>
    public static readonly TimeSpan OldestBoard = TimeSpan.FromSeconds(30);

    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>; both tell nothing that needs a sign-in.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Ok(new HealthDto("alive"))).AllowAnonymous()
            .WithSummary("Whether the process answers.").WithTags("health");
        routes.MapGet("/health/ready", Ready).AllowAnonymous()
            .WithSummary("Whether the process has its data and the database answers.").WithTags("health").Produces<HealthDto>();
    }

    // Silos are not asked: placing a hold needs none, and a host that can hold must stay in service.
    private static IResult Ready(IBoard board, TimeProvider time) => board.AsOf switch
    {
        null => Problems.Unavailable("not-ready", "The accounts and holds are being loaded."),
        { } asOf when time.GetUtcNow() - asOf > OldestBoard => Problems.Unavailable(
            "not-ready", $"The database has not answered for {(time.GetUtcNow() - asOf).TotalSeconds:0} seconds. Nothing is published while it is away."),
        _ => TypedResults.Ok(new HealthDto("ready")),
    };
}

/// <summary>How the process is.</summary>
/// <param name="Status"><c>alive</c> or <c>ready</c>.</param>
public sealed record HealthDto(string Status);
