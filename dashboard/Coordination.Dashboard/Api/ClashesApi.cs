using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/clashes</c>: what is due near a time already (order 01/25, 3.1). Nothing is kept.</summary>
public static class ClashesApi
{
    /// <summary>Maps the route.</summary>
    public static void MapClashes(this IEndpointRouteBuilder api) =>
        api.MapPost("/clashes", LookAsync).RequirePermission(Permission.Read)
            .WithSummary("Scheduled and submitted posts that are due near a time on these accounts, and on every corporate account when one of them is; soonest first, at most 20. Nothing is kept.")
            .Produces<ListDto<PostDto>>();

    private static async Task<IResult> LookAsync(ClashRequest request, Clashes clashes, IBoard board, CancellationToken cancellationToken)
    {
        if (PlanInput.Read(request, board, out var plan) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        if (plan.At is not { } time)
        {
            return Problems.Of(new Refusal("time-missing", "'at' is missing. Give the time to look at."));
        }

        var found = await clashes.FindAsync(plan.Accounts, time, plan.Except, cancellationToken);
        return TypedResults.Ok(new ListDto<PostDto>([.. found.Posts.Select(p => PostDto.Of(board.Forecast(p)))], null));
    }
}
