using Coordination.Dashboard.Live;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.People;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/handback</c>: the posts that wait for a person.</summary>
public static class HandBackApi
{
    /// <summary>Maps the route.</summary>
    public static void MapHandBack(this IEndpointRouteBuilder api) =>
        api.MapGet("/handback", ListAsync).RequirePermission(Permission.Read)
            .WithSummary("Posts that wait for a person (held, missed, unknown), oldest due first.")
            .Produces<ListDto<PostDto>>();

    private static async Task<IResult> ListAsync(string? limit, string? cursor, IPostReader posts, IBoard board, CancellationToken cancellationToken) =>
        Paging.Limit(limit, out var size) is { } refusal
            ? Problems.Of(refusal)
            : await PostPages.AnswerAsync(() => posts.HandBackAsync(size, cursor, cancellationToken), board);
}
