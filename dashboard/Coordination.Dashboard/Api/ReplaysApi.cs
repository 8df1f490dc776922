using System.Globalization;
using Coordination.Dashboard.Incidents.Replays;
using Coordination.Dashboard.Incidents.Trials;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.Incidents.Replays;
using Coordination.Domain.People;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/incidents/replays</c>: recorded incidents, replayed as an exercise.</summary>
public static class ReplaysApi
{
    // What a form says around its file.
    private const int FormBytes = 64 * 1024;
    private const string DefaultName = "recording.csv";
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(40);

    /// <summary>Maps the routes.</summary>
    public static void MapReplays(this IEndpointRouteBuilder api)
    {
        api.MapPost("/incidents/replays", StartAsync).RequirePermission(Permission.ReportIncident)
            .AddEndpointFilter<IdempotencyKey>()
            .Accepts<string>(isOptional: true, "text/csv", "multipart/form-data")
            .WithMetadata(new RequestSizeLimitAttribute(RecordedCsv.MaxBytes + FormBytes))
            .WithSummary(
                "Replays recorded incidents as an exercise: a CSV file (UTF-8, at most 10 MB and 100,000 rows; column=number:Ref names a column) at speed=60 times its own. Each row becomes a report that is always an exercise. "
                + "One replay at a time; it pauses as soon as anything real comes.")
            .Produces<ReplayDto>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .WithRequestTimeout(new RequestTimeoutPolicy { Timeout = s_timeout, TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable });
        api.MapGet("/incidents/replays/current", CurrentAsync).RequirePermission(Permission.ReadIncidents)
            .WithSummary("The replay that is not over, or else the last one: how far it is, what it sent last, when it ends, which rows could not be read, and why it pauses.")
            .Produces<ReplayDto>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/incidents/replays/{id}/stop", (string id, HttpContext context, ReplayDesk desk, CancellationToken cancellationToken) => StepAsync(id, context, desk.StopAsync, cancellationToken))
            .RequirePermission(Permission.ReportIncident, Permission.DecideTakeover)
            .WithSummary("Ends a replay: after the answer it sends nothing more. What it made stays. Repeating it is safe.")
            .Produces<ReplayDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/incidents/replays/{id}/pause", (string id, HttpContext context, ReplayDesk desk, CancellationToken cancellationToken) => StepAsync(id, context, desk.PauseAsync, cancellationToken))
            .RequirePermission(Permission.ReportIncident, Permission.DecideTakeover)
            .WithSummary("Has a replay wait. Repeating it is safe.")
            .Produces<ReplayDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/incidents/replays/{id}/resume", (string id, HttpContext context, ReplayDesk desk, CancellationToken cancellationToken) => StepAsync(id, context, desk.ResumeAsync, cancellationToken))
            .RequirePermission(Permission.ReportIncident)
            .WithSummary("Lets a replay that waits go on where it was. Repeating it is safe.")
            .Produces<ReplayDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> StartAsync(
        string? speed, [FromQuery] string[] column, HttpContext context, ReplayDesk desk, TimeProvider time, CancellationToken cancellationToken)
    {
        var wanted = speed is null ? ReplayPlan.UsualSpeed : int.TryParse(speed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        if (ReplayRules.Speed(wanted) is { } unfit)
        {
            return Problems.Of(unfit);
        }

        if (!ColumnMap.TryParse(column, out var said, out var strange))
        {
            return Problems.Of(new Refusal("column-unknown", strange + " Nothing was started."));
        }

        var (file, name) = await FileAsync(context.Request, cancellationToken);
        if (file.Length == 0)
        {
            return Problems.Of(new Refusal("recording-missing", "There is nothing to replay. Send one CSV file as the body or in a form. Nothing was started."));
        }

        switch (await RuleTrial.ReadAsync(file, said, cancellationToken))
        {
            case RecordedReading.Accepted accepted:
                var answer = await desk.StartAsync(new ReplayWish(file, name, accepted, wanted!.Value), IdempotencyKey.Of(context), context.User.Actor(), cancellationToken);
                return answer.Refusal is { } refusal
                    ? Problems.Of(refusal)
                    : TypedResults.Created("/api/incidents/replays/current", ReplayDto.Of(answer.Replay!, time.GetUtcNow()));
            case RecordedReading.Refused refused:
                return RuleTrialsApi.Unfit(refused);
            case var other:
                throw new InvalidOperationException($"No rule for {other.GetType().Name}.");
        }
    }

    private static async Task<IResult> CurrentAsync(ReplayDesk desk, TimeProvider time, CancellationToken cancellationToken) =>
        await desk.CurrentAsync(cancellationToken) is { } replay
            ? TypedResults.Ok(ReplayDto.Of(replay, time.GetUtcNow()))
            : Problems.Of(new Refusal("replay-none", "Nothing was ever replayed. POST /api/incidents/replays starts a replay.", RefusalKind.NotFound));

    private static async Task<IResult> StepAsync(string id, HttpContext context, Func<Guid, Actor, CancellationToken, Task<ReplayAnswer>> step, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var replay))
        {
            return Problems.Of(ReplayDesk.Unknown(id));
        }

        var answer = await step(replay, context.User.Actor(), cancellationToken);
        return answer.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.Ok(ReplayDto.Of(answer.Replay!, context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()));
    }

    private static async Task<(ReadOnlyMemory<byte> File, string Name)> FileAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        var name = DefaultName;
        if (request.HasFormContentType)
        {
            if ((await request.ReadFormAsync(cancellationToken)).Files is [var only])
            {
                name = only.FileName.Length == 0 ? DefaultName : only.FileName;
                await only.CopyToAsync(copy, cancellationToken);
            }
        }
        else
        {
            await request.Body.CopyToAsync(copy, cancellationToken);
        }

        return (copy.ToArray(), name);
    }
}
