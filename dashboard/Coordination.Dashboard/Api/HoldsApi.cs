using Coordination.Dashboard.Desks;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Fence;
using Coordination.Storage.OffSystem;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/holds</c>.</summary>
public static class HoldsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapHolds(this IEndpointRouteBuilder api)
    {
        api.MapPost("/holds/preview", PreviewAsync).RequirePermission(Permission.PlaceHold)
            .WithSummary("Says what a hold would cover, without placing it.").Produces<HoldPreviewDto>();
        api.MapPost("/holds", PlaceAsync).RequirePermission(Permission.PlaceHold).Stopping().AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Places a hold. 201: it took. 202: not known yet, repeat with the same key. 503: it did not take.")
            .Produces<HoldDto>(StatusCodes.Status201Created).Produces<NotKnownYetDto>(StatusCodes.Status202Accepted);
        api.MapGet("/holds", ListAsync).RequirePermission(Permission.Read)
            .WithSummary("Lists holds, newest first; with active=true only those that stand, with active=false only lifted ones.")
            .Produces<ListDto<HoldDto>>();
        api.MapGet("/holds/{id}", FindAsync).RequirePermission(Permission.Read)
            .WithSummary("One hold with its receipts, a page at a time, and its in-flight posts.").Produces<HoldDto>();
    }

    private static async Task<IResult> PreviewAsync(PreviewRequest request, IHoldDesk desk, CancellationToken cancellationToken)
    {
        var scope = request.Scope ?? new Scope();
        if (await desk.CheckScopeAsync(scope, cancellationToken) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        var preview = await desk.PreviewAsync(scope, cancellationToken);
        return TypedResults.Ok(new HoldPreviewDto(
            preview.Covered, preview.PostsHeld, [.. preview.FirstPosts.Select(PostDto.Of)], InFlightDto.Of(preview.InFlight)));
    }

    private static async Task<IResult> PlaceAsync(HoldRequest request, HttpContext context, IHoldDesk desk, CancellationToken cancellationToken)
    {
        if (!HoldKinds.TryParse(request.Kind, out var kind))
        {
            return Problems.Of(new Refusal("kind-unknown", "'kind' can be freeze, centralCoordination or approvalRequired. Nothing was held."));
        }

        if (InputTime.Read(request.ReviewAt, "reviewAt", out var reviewAt) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        if (InputTime.Read(request.EndsAt, "endsAt", out var endsAt) is { } unreadable)
        {
            return Problems.Of(unreadable);
        }

        var wish = new HoldWish(kind, request.Scope ?? new Scope(), request.Reason, request.NamedPosters, request.Incident, reviewAt, endsAt);
        var answer = await desk.PlaceAsync(wish, context.User.Actor(), IdempotencyKey.Of(context), rule: null, cancellationToken);
        return answer switch
        {
            FenceAnswer<HoldPlaced>.Took took => TypedResults.Created($"/api/holds/{took.Result.Placed.Hold.Id}", HoldDto.Of(took.Result)),
            FenceAnswer<HoldPlaced>.Refused refused => Problems.Of(refused.Why),
            FenceAnswer<HoldPlaced>.Unreachable => Problems.Unavailable(
                "hold-did-not-take",
                "The hold did NOT take: the database does not answer. Nothing is published while it is away. Try again with the same Idempotency-Key; until it takes, what is scheduled goes out when the database returns."),
            FenceAnswer<HoldPlaced>.NotKnownYet open => NotKnownYetDto.Answer(context, open.OperationId, "It is not known yet whether the hold took. Repeat the same request with the same Idempotency-Key until it answers 201."),
            _ => throw new InvalidOperationException($"No rule for the answer {answer.GetType().Name}."),
        };
    }

    private static async Task<IResult> ListAsync(string? active, string? limit, string? cursor, IHoldReader holds, CancellationToken cancellationToken)
    {
        bool? wanted = null;
        if (active is not null)
        {
            if (!bool.TryParse(active, out var flag))
            {
                return Problems.Of(new Refusal("filter-unknown", "'active' can be true or false."));
            }

            wanted = flag;
        }

        if (Paging.Limit(limit, out var size) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        try
        {
            var page = await holds.ListAsync(wanted, size, cursor, cancellationToken);
            return TypedResults.Ok(new ListDto<HoldDto>([.. page.Items.Select(HoldDto.Of)], page.Next));
        }
        catch (BadCursorException)
        {
            return Problems.Of(Paging.BadCursor);
        }
    }

    private static async Task<IResult> FindAsync(
        string id, string? limit, string? cursor, IHoldReader holds, IOffSystemReader offSystem, CancellationToken cancellationToken)
    {
        if (Paging.Limit(limit, out var size) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        if (await holds.FindAsync(id, cancellationToken) is not { } hold)
        {
            return Problems.Of(Unknown.Hold(id));
        }

        try
        {
            // Counted first: a receipt that comes in between is shown before it is counted, never counted and not shown.
            var (covered, acknowledged) = await holds.ReceiptCountAsync(id, cancellationToken);
            var receipts = await holds.ReceiptsAsync(id, size, cursor, cancellationToken);
            return TypedResults.Ok(HoldDto.Of(hold) with
            {
                Covered = covered,
                Acknowledged = acknowledged,
                Receipts = [.. receipts.Items.Select(ReceiptDto.Of)],
                InFlight = InFlightDto.Of(await holds.InFlightAsync(id, cancellationToken)),
                OffSystem = OffSystemDto.Of(await offSystem.SummaryAsync(id, cancellationToken)),
                Next = receipts.Next,
            });
        }
        catch (BadCursorException)
        {
            return Problems.Of(Paging.BadCursor);
        }
    }
}

/// <summary>What a hold would do.</summary>
/// <param name="Covered">Accounts it would cover now.</param>
/// <param name="PostsHeld">Posts due in the next 24 hours that it would hold.</param>
/// <param name="FirstPosts">The first of them.</param>
/// <param name="InFlight">Posts on the wire now.</param>
public sealed record HoldPreviewDto(int Covered, int PostsHeld, IReadOnlyList<PostDto> FirstPosts, IReadOnlyList<InFlightDto> InFlight);

/// <summary>It is not known yet whether a hold or a lift took.</summary>
/// <param name="OperationId">To be sent as <c>Idempotency-Key</c> with the same request.</param>
/// <param name="State">Always <c>not-known-yet</c>.</param>
/// <param name="Detail">What to do.</param>
public sealed record NotKnownYetDto(Guid OperationId, string State, string Detail)
{
    internal static IResult Answer(HttpContext context, Guid operationId, string detail)
    {
        context.Response.Headers.RetryAfter = "1";
        return TypedResults.Json(new NotKnownYetDto(operationId, "not-known-yet", detail), statusCode: StatusCodes.Status202Accepted);
    }
}
