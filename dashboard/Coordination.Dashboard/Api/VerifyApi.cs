using System.Globalization;
using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.Verification;
using Coordination.Domain.People;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/verify</c>: everything recomputed from the journal.</summary>
public static class VerifyApi
{
    // Longer than the desk's own patience, so that it always answers in words.
    private static readonly TimeSpan RequestTimeout = VerifyDesk.Patience + TimeSpan.FromSeconds(20);

    /// <summary>Maps the route.</summary>
    public static void MapVerify(this IEndpointRouteBuilder api) =>
        api.MapPost("/verify", RunAsync).RequirePermission(Permission.ReadJournal).Expensive()
            .WithSummary("Recomputes everything from the journal and says what differs from what is stored. Changes nothing. One run at a time on a host; it ends when the client goes.")
            .Produces<VerifyDto>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithRequestTimeout(new RequestTimeoutPolicy { Timeout = RequestTimeout, TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable });

    private static async Task<IResult> RunAsync(HttpContext context, IVerifyDesk desk, CancellationToken cancellationToken) =>
        await desk.RunAsync(context.User.Actor(), cancellationToken) switch
        {
            VerifyAnswer.Done done => TypedResults.Ok(VerifyDto.Of(done.Report)),
            VerifyAnswer.Busy busy => Problems.Of(StatusCodes.Status409Conflict, "verify-running", string.Create(
                CultureInfo.InvariantCulture,
                $"{busy.Run.By} has been verifying on this host since {busy.Run.Since.UtcDateTime:HH:mm:ss} UTC. Nothing else was begun. Wait for its end, or try again in a minute.")),
            VerifyAnswer.Refused refused => Problems.Of(refused.Why),
            VerifyAnswer.NotChecked not => Problems.Unavailable("not-verified", not.Why),
            var other => throw new InvalidOperationException($"No rule for the answer {other.GetType().Name}."),
        };
}
