using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/handback</c>: the posts that wait for a person, and what is decided about many of them.</summary>
public static class HandBackApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapHandBack(this IEndpointRouteBuilder api)
    {
        api.MapGet("/handback", ListAsync).RequirePermission(Permission.Read)
            .WithSummary("Posts that wait for a person (held, missed, unknown), oldest due first; of one account, hold or area when asked.")
            .Produces<ListDto<PostDto>>();
        api.MapPost("/handback", DecideAsync).RequirePermission(Permission.HandBack).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Releases or discards many posts for one reason. Each post answers for itself.")
            .Produces<HandBackDto>();
    }

    private static async Task<IResult> ListAsync(
        string? account, string? hold, string? area, string? limit, string? cursor, IPostReader posts, IBoard board, CancellationToken cancellationToken) =>
        (Paging.Limit(limit, out var size) ?? Check(account, hold, area)) is { } refusal
            ? Problems.Of(refusal)
            : await PostPages.AnswerAsync(() => posts.HandBackAsync(new HandBackFilter(account, hold, area), size, cursor, cancellationToken), board);

    private static Refusal? Check(params string?[] filters) => filters.All(f => f is null or { Length: > 0 and <= 200 } && StorableText.Fits(f))
        ? null
        : new Refusal("filter-unknown", "'account', 'hold' and 'area' each name one, in at most 200 characters.");

    private static async Task<IResult> DecideAsync(HandBackRequest request, HttpContext context, IHandBackDesk desk, CancellationToken cancellationToken)
    {
        if (HandBackReading.Read(request, IdempotencyKey.Of(context), out var act, out var items) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        var parts = await desk.DecideAsync(act, items, request.Reason!.Trim(), context.User.Actor(), cancellationToken);
        return TypedResults.Ok(HandBackDto.Of(IdempotencyKey.Of(context), parts));
    }
}
