using Coordination.Contracts;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary>Posts: writing, reading, moving, approving, taking back, releasing.</summary>
public static class PostsApi
{
    private static readonly Permission[] Publish = [Permission.PublishLocal, Permission.PublishCorporate];

    /// <summary>Maps the routes.</summary>
    public static void MapPosts(this IEndpointRouteBuilder api)
    {
        api.MapPost("/accounts/{platform}/{handle}/posts", ScheduleAsync).RequirePermission(Publish).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Schedules a post, or publishes now when no time is given. On a held account it is kept with the state 'held'.")
            .Produces<PostDto>(StatusCodes.Status201Created);
        api.MapGet("/posts/{id}", FindAsync).RequirePermission(Permission.Read)
            .WithSummary("One post.").Produces<PostDto>();
        api.MapPost("/posts/{id}/cancel", CancelAsync).RequirePermission([.. Publish, Permission.HandBack]).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Takes a post back before it goes out.").Produces<PostDto>();
        api.MapPost("/posts/{id}/reschedule", RescheduleAsync).RequirePermission(Publish).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Gives a scheduled post another time.").Produces<PostDto>();
        api.MapPost("/posts/{id}/approve", ApproveAsync).RequirePermission(Permission.ApprovePost).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Approves a scheduled post, as it stands in the revision that was read, where a hold asks for an approval.").Produces<PostDto>();
        api.MapPost("/posts/{id}/confirm", ConfirmAsync).RequirePermission(Publish).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Confirms a scheduled post once more: read again, say after a major incident, it keeps its time.").Produces<PostDto>();
        api.MapPost("/posts/{id}/release", ReleaseAsync).RequirePermission(Permission.HandBack).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Lets a held or missed post go out after all, for a reason; now when no time is given, with other words when 'text' is. Where a hold asks for an approval, this is one.").Produces<PostDto>();
        api.MapPost("/posts/{id}/remove", RemoveAsync).RequirePermission(Permission.RemovePost).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Takes a published post off its platform. The wish is recorded and carried out right after; the post is 'removed' once the platform confirms. No hold stops it.").Produces<PostDto>();
    }

    /// <summary>Reads a tolerance.</summary>
    internal static TimeSpan? Tolerance(int? seconds) => seconds is { } given ? TimeSpan.FromSeconds(given) : null;

    private static async Task<IResult> ScheduleAsync(
        string platform, string handle, NewPostRequest request, HttpContext context, IPostDesk desk, CancellationToken cancellationToken)
    {
        if (!AccountKey.TryCreate(platform, handle, out var key))
        {
            return Problems.Of(Unknown.Account($"{platform}/{handle}"));
        }

        if (InputTime.Read(request.DueAt, "dueAt", out var dueAt) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        var answer = await desk.ScheduleAsync(
            key, request.Text ?? "", dueAt, Tolerance(request.ToleranceSeconds), context.User.Actor(), IdempotencyKey.Of(context), cancellationToken);
        return answer switch
        {
            { Refusal: { } why } => Problems.Of(why),
            { Post: { } post } => TypedResults.Created($"/api/posts/{post.Id:D}", PostDto.Of(post)),
            _ => throw new InvalidOperationException("A post was taken and cannot be found."),
        };
    }

    private static async Task<IResult> FindAsync(string id, IPostReader posts, IBoard board, CancellationToken cancellationToken) =>
        PostId.TryParse(id, out var post) && await posts.FindAsync(post.Value, cancellationToken) is { } row
            ? TypedResults.Ok(PostDto.Of(board.Forecast(row)))
            : Problems.Of(Unknown.Post(id));

    private static Task<IResult> CancelAsync(
        string id, ReasonRequest? request, HttpContext context, IPostDesk desk, CancellationToken cancellationToken)
    {
        var reason = request?.Reason?.Trim() ?? "";
        return reason.Length > PostRules.LongestReason
            ? Task.FromResult(Problems.Of(new Refusal("reason-too-long", $"The reason has {reason.Length} characters; {PostRules.LongestReason} fit. Nothing was changed.")))
            : AnswerAsync(id, post => desk.CancelAsync(post, reason, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken));
    }

    private static Task<IResult> RescheduleAsync(
        string id, TimeRequest request, HttpContext context, IPostDesk desk, CancellationToken cancellationToken)
    {
        if (InputTime.Read(request.DueAt, "dueAt", out var dueAt) is { } refusal)
        {
            return Task.FromResult(Problems.Of(refusal));
        }

        return dueAt is null
            ? Task.FromResult(Problems.Of(new Refusal("time-missing", "'dueAt' is missing. Nothing was changed. Give the new time.")))
            : AnswerAsync(id, post => desk.RescheduleAsync(post, dueAt.Value, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken));
    }

    private static Task<IResult> ConfirmAsync(string id, HttpContext context, IPostDesk desk, CancellationToken cancellationToken) =>
        AnswerAsync(id, post => desk.ConfirmAsync(post, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken));

    private static Task<IResult> ReleaseAsync(
        string id, ReleaseRequest? request, HttpContext context, IPostDesk desk, CancellationToken cancellationToken) =>
        InputTime.Read(request?.DueAt, "dueAt", out var dueAt) is { } refusal
            ? Task.FromResult(Problems.Of(refusal))
            : AnswerAsync(id, post => desk.ReleaseAsync(new PostRelease(post, dueAt, request?.Reason?.Trim() ?? "", request?.Text), context.User.Actor(), IdempotencyKey.Of(context), cancellationToken));

    private static Task<IResult> ApproveAsync(
        string id, ApproveRequest? request, HttpContext context, IPostDesk desk, CancellationToken cancellationToken) =>
        request?.Revision is { } revision
            ? AnswerAsync(id, post => desk.ApproveAsync(post, revision, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken))
            : Task.FromResult(Problems.Of(new Refusal("revision-missing", "'revision' is missing. Nothing was approved. Give the revision of the post that was read: another one is not approved.")));

    private static Task<IResult> RemoveAsync(
        string id, ReasonRequest? request, HttpContext context, IPostDesk desk, CancellationToken cancellationToken) =>
        AnswerAsync(id, post => desk.RemoveAsync(post, request?.Reason ?? "", context.User.Actor(), IdempotencyKey.Of(context), cancellationToken));

    private static async Task<IResult> AnswerAsync(string id, Func<PostId, Task<PostAnswer>> ask)
    {
        if (!PostId.TryParse(id, out var post))
        {
            return Problems.Of(Unknown.Post(id));
        }

        return await ask(post) switch
        {
            { Refusal: { } why } => Problems.Of(why),
            { Post: { } row } => TypedResults.Ok(PostDto.Of(row)),
            _ => Problems.Of(Unknown.Post(id)),
        };
    }
}
