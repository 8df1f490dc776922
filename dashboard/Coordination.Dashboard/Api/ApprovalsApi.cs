using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/approvals</c>: the posts that wait for an approval, and those that were sent back.</summary>
public static class ApprovalsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapApprovals(this IEndpointRouteBuilder api)
    {
        api.MapGet("/approvals", ListAsync).RequirePermission(Permission.Read)
            .WithSummary("Posts that wait for an approval, soonest due first: submitted ones, and scheduled ones that a hold lets through only with an approval they do not have. With ?for=me only those that you may approve.")
            .Produces<ListDto<PostDto>>();
        api.MapGet("/approvals/returned", ReturnedAsync).RequirePermission(Permission.Read)
            .WithSummary("Your posts that were sent back to you, soonest due first.").Produces<ListDto<PostDto>>();
    }

    private static async Task<IResult> ListAsync(
        string? limit, string? cursor, string? @for, HttpContext context, IPostReader posts, IRulesDesk rules, IBoard board, CancellationToken cancellationToken)
    {
        if (@for is not (null or "me"))
        {
            return Problems.Of(new Refusal("for-unknown", "'for' is 'me', or left out for all of them."));
        }

        if (Paging.Limit(limit, out var size) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        var filter = @for is null ? null : Approvers.FilterFor(context.User.Actor(), (await rules.ReadAsync(cancellationToken)).Rules);
        return await PostPages.AnswerAsync(() => posts.AwaitingApprovalAsync(filter, size, cursor, cancellationToken), board);
    }

    private static async Task<IResult> ReturnedAsync(
        string? limit, string? cursor, HttpContext context, IPostReader posts, IBoard board, CancellationToken cancellationToken) =>
        Paging.Limit(limit, out var size) is { } refusal
            ? Problems.Of(refusal)
            : await PostPages.AnswerAsync(() => posts.ReturnedAsync(context.User.Actor().Id, size, cursor, cancellationToken), board);
}
