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
            .WithSummary("Schedules a post, or publishes now when neither a time nor a slot is given. On a held account it is kept with the state 'held'; where a rule asks for another person it is 'submitted'.")
            .Produces<PostDto>(StatusCodes.Status201Created);
        api.MapGet("/posts/{id}", FindAsync).RequirePermission(Permission.Read)
            .WithSummary("One post.").Produces<PostDto>();
        api.MapGet("/posts/{id}/corrections", CorrectionsAsync).RequirePermission(Permission.Read)
            .WithSummary("The posts that correct a post, the first written first.").Produces<ListDto<PostDto>>();
        api.MapPost("/posts/{id}/cancel", CancelAsync).RequirePermission([.. Publish, Permission.HandBack]).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Takes a post back before it goes out.").Produces<PostDto>();
        api.MapPost("/posts/{id}/reschedule", RescheduleAsync).RequirePermission(Publish).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Gives a post that has not gone out another time.").Produces<PostDto>();
        api.MapPost("/posts/{id}/edit", EditAsync).RequirePermission(Publish).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Gives a post that has not gone out other words, another time or other details. An approval that it had counts no more.").Produces<PostDto>();
        api.MapPost("/posts/{id}/approve", ApproveAsync).RequirePermission([.. Publish, Permission.ApprovePost]).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Approves a submitted post, or a scheduled one where a hold asks for an approval, as it stands in the revision that was read. After its time a submitted post is missed instead, unless another time is given.").Produces<PostDto>();
        api.MapPost("/posts/{id}/return", ReturnAsync).RequirePermission([.. Publish, Permission.ApprovePost]).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Sends a submitted post back to its writer with a comment.").Produces<PostDto>();
        api.MapPost("/posts/{id}/confirm", ConfirmAsync).RequirePermission(Publish).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Confirms a scheduled post once more: read again, say after a major incident, it keeps its time.").Produces<PostDto>();
        api.MapPost("/posts/{id}/retry", RetryAsync).RequirePermission(Publish).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Sends a failed post again, now and as it stands: once the account is connected again, say. Its approval stays. What the platform refuses for good, or what may be out, is never sent again.").Produces<PostDto>();
        api.MapPost("/posts/{id}/release", ReleaseAsync).RequirePermission(Permission.HandBack).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Lets a held or missed post go out after all, for a reason; now when no time is given, with other words when 'text' is. Where a hold asks for an approval, this is one.").Produces<PostDto>();
        api.MapPost("/posts/{id}/remove", RemoveAsync).RequirePermission(Permission.RemovePost).Stopping().AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Takes a published post off its platform. The wish is recorded and carried out right after; the post is 'removed' once the platform confirms. No hold stops it.").Produces<PostDto>();
    }

    private static async Task<IResult> CorrectionsAsync(string id, Corrections corrections, IPostReader posts, CancellationToken cancellationToken) =>
        PostId.TryParse(id, out var post) && await posts.FindAsync(post.Value, cancellationToken) is not null
            ? TypedResults.Ok(new ListDto<PostDto>([.. (await corrections.OfAsync(post, cancellationToken)).Select(PostDto.Of)], null))
            : Problems.Of(Unknown.Post(id));

    /// <summary>Reads a tolerance.</summary>
    internal static TimeSpan? Tolerance(int? seconds) => seconds is { } given ? TimeSpan.FromSeconds(given) : null;

    private static async Task<IResult> ScheduleAsync(
        string platform, string handle, NewPostRequest request, HttpContext context, IPostDesk desk, CancellationToken cancellationToken)
    {
        if (!AccountKey.TryCreate(platform, handle, out var key))
        {
            return Problems.Of(Unknown.Account($"{platform}/{handle}"));
        }

        var both = SlotsApi.Read(request.Slot, request.DueAt, out var inSlot);
        if ((InputTime.Read(request.DueAt, "dueAt", out var dueAt) ?? both) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        if (AboutInput.Read(request, out var about) is { } unfit)
        {
            return Problems.Of(unfit);
        }

        var words = new PostWords(request.Text ?? "", dueAt, Tolerance(request.ToleranceSeconds), about, InSlot: inSlot);
        var answer = await desk.ScheduleAsync(key, words, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken);
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

    private static Task<IResult> RetryAsync(string id, HttpContext context, IPostDesk desk, CancellationToken cancellationToken) =>
        AnswerAsync(id, post => desk.RetryAsync(post, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken));

    private static Task<IResult> ReleaseAsync(
        string id, ReleaseRequest? request, HttpContext context, IPostDesk desk, CancellationToken cancellationToken) =>
        InputTime.Read(request?.DueAt, "dueAt", out var dueAt) is { } refusal
            ? Task.FromResult(Problems.Of(refusal))
            : AnswerAsync(id, post => desk.ReleaseAsync(new PostRelease(post, dueAt, request?.Reason?.Trim() ?? "", request?.Text), context.User.Actor(), IdempotencyKey.Of(context), cancellationToken));

    private static Task<IResult> EditAsync(string id, EditRequest request, HttpContext context, IPostDesk desk, CancellationToken cancellationToken)
    {
        var refusal = AboutInput.Read(request, out var about);
        if ((InputTime.Read(request.DueAt, "dueAt", out var dueAt) ?? refusal) is { } unfit)
        {
            return Task.FromResult(Problems.Of(unfit));
        }

        if (request.Revision is not { } revision)
        {
            return Task.FromResult(Problems.Of(RevisionMissing("changed")));
        }

        return dueAt is { } at
            ? AnswerAsync(id, post => desk.EditAsync(new PostEdit(post, revision, request.Text ?? "", at, about), context.User.Actor(), IdempotencyKey.Of(context), cancellationToken))
            : Task.FromResult(Problems.Of(new Refusal("time-missing", "'dueAt' is missing. Nothing was changed. Give the time, also when it stays as it is.")));
    }

    private static Task<IResult> ApproveAsync(
        string id, ApproveRequest? request, HttpContext context, IPostDesk desk, CancellationToken cancellationToken)
    {
        if (InputTime.Read(request?.DueAt, "dueAt", out var dueAt) is { } refusal)
        {
            return Task.FromResult(Problems.Of(refusal));
        }

        return request?.Revision is { } revision
            ? AnswerAsync(id, post => desk.ApproveAsync(post, revision, dueAt, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken))
            : Task.FromResult(Problems.Of(RevisionMissing("approved")));
    }

    private static Task<IResult> ReturnAsync(
        string id, ReturnRequest? request, HttpContext context, IPostDesk desk, CancellationToken cancellationToken) =>
        request?.Revision is { } revision
            ? AnswerAsync(id, post => desk.ReturnAsync(post, revision, request.Comment?.Trim() ?? "", context.User.Actor(), IdempotencyKey.Of(context), cancellationToken))
            : Task.FromResult(Problems.Of(RevisionMissing("sent back")));

    private static Refusal RevisionMissing(string what) => new(
        "revision-missing", $"'revision' is missing. Nothing was {what}. Give the revision of the post that was read: another one is not {what}.");

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
