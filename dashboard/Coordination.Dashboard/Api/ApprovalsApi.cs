using Coordination.Dashboard.Live;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.People;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/approvals</c>: the scheduled posts that wait for Comms' approval.</summary>
public static class ApprovalsApi
{
    /// <summary>Maps the route.</summary>
    public static void MapApprovals(this IEndpointRouteBuilder api) =>
        api.MapGet("/approvals", ListAsync).RequirePermission(Permission.Read)
            .WithSummary("Scheduled posts that a hold lets through only with an approval they do not have, soonest due first.")
            .Produces<ListDto<PostDto>>();

    private static async Task<IResult> ListAsync(string? limit, string? cursor, IPostReader posts, IBoard board, CancellationToken cancellationToken) =>
        Paging.Limit(limit, out var size) is { } refusal
            ? Problems.Of(refusal)
            : await PostPages.AnswerAsync(() => posts.AwaitingApprovalAsync(size, cursor, cancellationToken), board);
}
