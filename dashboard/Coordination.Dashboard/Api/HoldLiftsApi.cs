using Coordination.Dashboard.Desks;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Fence;

namespace Coordination.Dashboard.Api;

/// <summary>What is done about a hold that stands: lifting it, alone or by two, and looking at it again.</summary>
public static class HoldLiftsApi
{
    private const string Second = "a second, different member of Comms";

    /// <summary>Maps the routes.</summary>
    public static void MapHoldLifts(this IEndpointRouteBuilder api)
    {
        api.MapPost("/holds/{id}/lift", LiftAsync).RequirePermission(Permission.LiftHold, Permission.ConfirmLift).Stopping().AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Lifts a hold; where that needs two, asks for it (202) or confirms what another has asked (200). Nothing goes out by itself: what it stopped waits in the hand-back list.")
            .Produces<HoldDto>().Produces<LiftAwaitsDto>(StatusCodes.Status202Accepted);
        api.MapPost("/holds/{id}/lift/decline", DeclineAsync).RequirePermissionOnceFresh(Permission.ConfirmLift).Stopping().AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Declines the request to lift a hold, or withdraws one's own. The hold stands.")
            .Produces<HoldDto>().Produces<NotKnownYetDto>(StatusCodes.Status202Accepted);
        api.MapPost("/holds/{id}/review", ReviewAsync).RequirePermission(Permission.ReviewHold).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Moves the time at which a hold is looked at again. It lifts nothing.")
            .Produces<HoldDto>().Produces<NotKnownYetDto>(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> LiftAsync(
        string id, LiftRequest request, HttpContext context, IHoldDesk desk, CancellationToken cancellationToken)
    {
        var answer = await desk.LiftAsync(id, request.Reason, request.Confirms, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken);
        return answer switch
        {
            FenceAnswer<LiftAnswer>.Took { Result: { Outcome: LiftOutcome.Awaiting, Hold: var hold } } => LiftAwaitsDto.Answer(context, Second, hold),
            FenceAnswer<LiftAnswer>.Took { Result: var lifted } => TypedResults.Ok(
                HoldDto.Of(lifted.Hold) with { AlreadyLifted = lifted.Outcome == LiftOutcome.AlreadyLifted }),
            FenceAnswer<LiftAnswer>.Refused refused => Problems.Of(refused.Why),
            FenceAnswer<LiftAnswer>.Unreachable => Problems.Unavailable(
                "lift-did-not-take", "The hold still stands: the database does not answer. Try again with the same Idempotency-Key."),
            FenceAnswer<LiftAnswer>.NotKnownYet open => NotKnownYetDto.Answer(context, open.OperationId, "It is not known yet whether the lift took; take it that the hold stands. Repeat the same request with the same Idempotency-Key until it is known."),
            _ => throw new InvalidOperationException($"No rule for the answer {answer.GetType().Name}."),
        };
    }

    private static async Task<IResult> DeclineAsync(
        string id, ReasonRequest request, HttpContext context, IHoldDesk desk, CancellationToken cancellationToken) => Answer(
        context,
        await desk.DeclineLiftAsync(id, request.Reason, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken),
        Problems.Unavailable("decline-did-not-take", "The request to lift still waits, and the hold stands: the database does not answer. Try again with the same Idempotency-Key."),
        "It is not known yet whether the request to lift was declined. The hold stands until another member of Comms confirms. Repeat the same request with the same Idempotency-Key until it answers 200.");

    private static async Task<IResult> ReviewAsync(
        string id, ReviewRequest request, HttpContext context, IHoldDesk desk, CancellationToken cancellationToken)
    {
        if (InputTime.Read(request.ReviewAt, "reviewAt", out var reviewAt) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        return reviewAt is null
            ? Problems.Of(new Refusal("time-missing", "'reviewAt' is missing. Nothing was changed; the hold stands. Give the time at which somebody should look again."))
            : Answer(
                context,
                await desk.MoveReviewAsync(id, reviewAt.Value, request.Reason, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken),
                Problems.Unavailable("review-did-not-take", "The time of review was not moved: the database does not answer. The hold stands. Try again with the same Idempotency-Key."),
                "It is not known yet whether the time of review was moved. The hold stands in any case. Repeat the same request with the same Idempotency-Key until it answers 200.");
    }

    private static IResult Answer(HttpContext context, FenceAnswer<Hold> answer, IResult away, string notKnown) => answer switch
    {
        FenceAnswer<Hold>.Took took => TypedResults.Ok(HoldDto.Of(took.Result)),
        FenceAnswer<Hold>.Refused refused => Problems.Of(refused.Why),
        FenceAnswer<Hold>.Unreachable => away,
        FenceAnswer<Hold>.NotKnownYet open => NotKnownYetDto.Answer(context, open.OperationId, notKnown),
        _ => throw new InvalidOperationException($"No rule for the answer {answer.GetType().Name}."),
    };
}

/// <summary>The lift of a hold was asked for; the hold stands until a second person confirms.</summary>
/// <param name="OperationId">The request's key; repeating it changes nothing.</param>
/// <param name="State">Always <c>awaiting-confirmation</c>.</param>
/// <param name="Awaiting">Who has to confirm.</param>
/// <param name="Detail">What that means and what to do.</param>
/// <param name="Hold">The hold, which stands, with the request in <c>liftAsk</c>.</param>
public sealed record LiftAwaitsDto(Guid OperationId, string State, string Awaiting, string Detail, HoldDto Hold)
{
    internal static IResult Answer(HttpContext context, string awaiting, Hold hold) => TypedResults.Json(
        new LiftAwaitsDto(
            IdempotencyKey.Of(context),
            "awaiting-confirmation",
            awaiting,
            $"The hold {hold.Id} stands. It comes from a declared major incident, so its lift is asked for, and {awaiting} ({PermissionMatrix.WhoMayInWords(Permission.ConfirmLift)}) has to confirm it: by the same route, or on the hold's page.",
            HoldDto.Of(hold)),
        statusCode: StatusCodes.Status202Accepted);
}
