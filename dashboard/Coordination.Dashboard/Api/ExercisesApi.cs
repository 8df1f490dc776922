using System.Text.Json.Serialization;
using Coordination.Dashboard.Exercises;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.Exercises;
using Coordination.Domain.Incidents.Reports;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.Exercises;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/exercises</c>: the line of an exercise, its report, and that what is real was seen.</summary>
public static class ExercisesApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapExercises(this IEndpointRouteBuilder api)
    {
        api.MapGet("/exercises/reports/{*number}", ReportAsync).RequirePermission(Permission.ReadIncidents)
            .WithSummary("The report of a drill: every step with its time, its lines with what became of each stand-in, and the times for each step.")
            .Produces<DrillReportDto>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/exercises/lines/{takeover}", ReadAsync).RequirePermission(Permission.ReadIncidents)
            .WithSummary("The line of a shadow hold, and what became of each stand-in.").Produces<ExerciseLineDto>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/exercises/lines/{takeover}", WriteAsync).RequirePermission(Permission.PublishLocal).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Writes the line of a shadow hold: it goes out as stand-ins on the exercise network alone, every text with the mark EXERCISE before it. One for each shadow.")
            .Produces<ExerciseLineDto>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/exercises/lines/{takeover}/retry", RetryAsync).RequirePermission(Permission.PublishLocal)
            .WithSummary("Has the stand-ins tried again that were given up.").Produces<ExerciseLineDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/exercises/seen", SeeAsync).RequirePermission(Permission.DecideTakeover, Permission.ReportIncident)
            .WithSummary("Says that a real proposal or hold was seen, so that the exercise has the screen again. Anybody's word counts for all; the first one is kept.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ReportAsync(string number, DrillReports reports, CancellationToken cancellationToken) =>
        IncidentReportReader.IsNumber(number) && await reports.FindAsync(number, cancellationToken) is { } report
            ? TypedResults.Ok(DrillReportDto.Of(number, report))
            : Problems.Of(new Refusal(
                "incident-unknown", $"Nothing was ever reported of an exercise {StorableText.Clean(number, IncidentReportLimits.Number)}. GET /api/exercises lists them.", RefusalKind.NotFound));

    private static async Task<IResult> ReadAsync(string takeover, IExerciseLines lines, CancellationToken cancellationToken) =>
        Guid.TryParse(takeover, out var id) && await lines.FindAsync(id, cancellationToken) is { } line
            ? TypedResults.Ok(ExerciseLineDto.Of(line))
            : Problems.Of(new Refusal("line-unknown", $"There is no exercise line for the takeover {StorableText.Clean(takeover, 40)}.", RefusalKind.NotFound));

    private static async Task<IResult> WriteAsync(string takeover, ExerciseLineRequest? request, HttpContext context, ExerciseDesk desk, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(takeover, out var id))
        {
            return Problems.Of(ExerciseDesk.Unknown(StorableText.Clean(takeover, 40)));
        }

        if (VariantsInput.Read(request?.Variants, out var variants) is { } strange)
        {
            return Problems.Of(strange);
        }

        var answer = await desk.WriteAsync(id, new ExerciseWords(request?.Text ?? "", variants), IdempotencyKey.Of(context), context.User.Actor(), cancellationToken);
        return answer.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.Created($"/api/exercises/lines/{id}", ExerciseLineDto.Of(answer.Line!));
    }

    private static async Task<IResult> RetryAsync(string takeover, HttpContext context, ExerciseDesk desk, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(takeover, out var id))
        {
            return Problems.Of(ExerciseDesk.Unknown(StorableText.Clean(takeover, 40)));
        }

        var answer = await desk.RetryAsync(id, context.User.Actor(), cancellationToken);
        return answer.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.Ok(ExerciseLineDto.Of(answer.Line!));
    }

    private static async Task<IResult> SeeAsync(RealSeenRequest? request, HttpContext context, ExerciseDesk desk, CancellationToken cancellationToken)
    {
        var takeover = Guid.TryParse(request?.Takeover, out var id) ? id : (Guid?)null;
        if (request is null || request.Takeover is null == request.Hold is null || (request.Takeover is not null && takeover is null) || !StorableText.Fits(request.Hold))
        {
            return Problems.Of(new Refusal("seen-malformed", "Name what was seen: 'takeover' (an id) or 'hold' (such as H-000123), one of the two. Nothing was changed."));
        }

        return await desk.SeeAsync(takeover, request.Hold, context.User.Actor(), cancellationToken) is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }
}

/// <summary>What to say in an exercise.</summary>
/// <param name="Text">The text; the mark is put before it.</param>
/// <param name="Variants">Other words by platform id.</param>
public sealed record ExerciseLineRequest(string? Text, IReadOnlyDictionary<string, string?>? Variants = null);

/// <summary>What was seen: a takeover or a hold.</summary>
public sealed record RealSeenRequest(string? Takeover, string? Hold);

/// <summary>The line of an exercise.</summary>
/// <param name="Takeover">The shadow hold's takeover.</param>
/// <param name="WrittenAt">When it was written.</param>
/// <param name="WrittenBy">By whom.</param>
/// <param name="Total">How many stand-ins it has.</param>
/// <param name="Out">How many of them are out.</param>
/// <param name="Failed">How many were given up.</param>
/// <param name="Beyond">Covered accounts without a stand-in.</param>
/// <param name="FirstOutAt">When the first was out.</param>
/// <param name="LastOutAt">When the last was out; left out while one may still go.</param>
/// <param name="StandIns">Each of them.</param>
public sealed record ExerciseLineDto(
    Guid Takeover,
    DateTimeOffset WrittenAt,
    string WrittenBy,
    int Total,
    int Out,
    int Failed,
    int Beyond,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? FirstOutAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? LastOutAt,
    IReadOnlyList<StandInDto> StandIns)
{
    /// <summary>Makes one.</summary>
    public static ExerciseLineDto Of(ExerciseLine line) => new(
        line.Takeover, line.WrittenAt, line.WrittenBy, line.StandIns.Count, line.Count(StandInState.Out), line.Count(StandInState.Failed), line.Beyond, line.FirstOut, line.LastOut,
        [.. line.StandIns.Select(s => new StandInDto(s.Account, s.Words, s.State.ToString().ToLowerInvariant(), s.Attempts, s.OutAt, s.Address, s.State is StandInState.Out ? null : s.LastError))]);
}

/// <summary>A stand-in: what became of the line in its name.</summary>
/// <param name="Account">The account that it stands in for.</param>
/// <param name="Text">What it says.</param>
/// <param name="State"><c>queued</c>, <c>out</c>, <c>failed</c> (given up) or <c>stopped</c> (the drill was ended first).</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="OutAt">When it was out.</param>
/// <param name="Url">Where it can be seen, on the exercise network.</param>
/// <param name="Why">Why the last attempt was in vain.</param>
public sealed record StandInDto(
    string Account,
    string Text,
    string State,
    int Attempts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? OutAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Why);

/// <summary>The report of a drill.</summary>
/// <param name="Number">The exercise's number.</param>
/// <param name="BeganAt">When the first report came.</param>
/// <param name="EndedAt">When the drill was ended; left out while it is not.</param>
/// <param name="Steps">Every step, the first one first.</param>
/// <param name="Lines">What was said.</param>
/// <param name="Times">Times for each step.</param>
public sealed record DrillReportDto(
    string Number,
    DateTimeOffset? BeganAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? EndedAt,
    IReadOnlyList<DrillStepDto> Steps,
    IReadOnlyList<ExerciseLineDto> Lines,
    IReadOnlyList<DrillTimeDto> Times)
{
    /// <summary>Makes one.</summary>
    public static DrillReportDto Of(string number, DrillReport report) => new(
        number, report.BeganAt, report.EndedAt,
        [.. report.Steps.Select(s => new DrillStepDto(s.Event, s.At, s.After.TotalSeconds, s.Words, s.By, s.Why))],
        [.. report.Lines.Select(ExerciseLineDto.Of)],
        [.. report.Times.Select(t => new DrillTimeDto(t.Id, t.Words, t.From, t.To, t.Took?.TotalSeconds))]);
}

/// <summary>A step of a drill.</summary>
/// <param name="Event">The journal's name of it.</param>
/// <param name="At">When.</param>
/// <param name="AfterSeconds">How long after the first report.</param>
/// <param name="Words">What happened.</param>
/// <param name="By">Who did it; left out for the service itself.</param>
/// <param name="Why">The reason that was given.</param>
public sealed record DrillStepDto(
    string Event,
    DateTimeOffset At,
    double AfterSeconds,
    string Words,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? By,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Why);

/// <summary>How long a step took.</summary>
/// <param name="Step">Its name.</param>
/// <param name="Words">The same for people.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When it was done; left out while it is not.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record DrillTimeDto(
    string Step,
    string Words,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? From,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? To,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Seconds);
