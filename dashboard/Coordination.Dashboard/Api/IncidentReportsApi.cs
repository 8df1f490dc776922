using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Coordination.Contracts;
using Coordination.Dashboard.Incidents;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Reports;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/incidents</c> and <c>/api/incidents/reports</c>: incidents, and the reports that make them.</summary>
public static class IncidentReportsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapIncidentReports(this IEndpointRouteBuilder api)
    {
        api.MapPost("/incidents/reports", ReportAsync).RequirePermission(Permission.ReportIncident).Stopping()
            .Accepts<object>("application/json")
            .WithSummary("Takes an incident report (/schemas/incident-report-1.json). 201: a hold was placed. 202: proposed, left to a person, or not known yet. 200: nothing to do, an exercise, or a repeat.")
            .Produces<ReportDto>(StatusCodes.Status201Created)
            .Produces<ReportDto>(StatusCodes.Status202Accepted)
            .Produces<ReportDto>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        api.MapPost("/incidents/reports/{source}", SignedAsync).AllowAnonymous().Stopping()
            .Accepts<object>("application/json")
            .WithSummary("The same for a system that signs its messages (Standard Webhooks: webhook-id, webhook-timestamp, webhook-signature). The signature is the sign-in.")
            .Produces<ReportDto>(StatusCodes.Status201Created)
            .Produces<ReportDto>(StatusCodes.Status202Accepted)
            .Produces<ReportDto>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        api.MapGet("/incidents", (string? limit, string? cursor, IIncidentFiles files, CancellationToken cancellationToken) => ListAsync(false, limit, cursor, files, cancellationToken))
            .RequirePermission(Permission.ReadIncidents).WithSummary("Incidents, the one that changed last first.").Produces<ListDto<IncidentFileDto>>();
        api.MapGet("/exercises", (string? limit, string? cursor, IIncidentFiles files, CancellationToken cancellationToken) => ListAsync(true, limit, cursor, files, cancellationToken))
            .RequirePermission(Permission.ReadIncidents).WithSummary("The same for exercises, which are never among incidents.").Produces<ListDto<IncidentFileDto>>();
        api.MapGet("/incidents/files/{*number}", (string number, IIncidentFiles files, ITakeoverStore takeovers, IAgreedLineStore lines, CancellationToken cancellationToken) => ReadAsync(number, false, files, takeovers, lines, cancellationToken))
            .RequirePermission(Permission.ReadIncidents).WithSummary("One incident by its number: what is known now, its reports, and what rules wanted of it.")
            .Produces<IncidentFileDto>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/exercises/files/{*number}", (string number, IIncidentFiles files, ITakeoverStore takeovers, IAgreedLineStore lines, CancellationToken cancellationToken) => ReadAsync(number, true, files, takeovers, lines, cancellationToken))
            .RequirePermission(Permission.ReadIncidents).WithSummary("The same for an exercise.")
            .Produces<IncidentFileDto>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Task<IResult> ReportAsync(HttpContext context, ReportDesk desk, CancellationToken cancellationToken) =>
        GuardAsync(context, async body => Answer(context, await desk.ReceiveAsync(body, context.User.Actor().Id, context.User.Actor(), cancellationToken)), cancellationToken);

    private static Task<IResult> SignedAsync(string source, HttpContext context, SignedReports signed, CancellationToken cancellationToken) => GuardAsync(
        context,
        async body =>
        {
            var headers = context.Request.Headers;
            var given = new SignatureHeaders(Only(headers["webhook-id"]), Only(headers["webhook-timestamp"]), Only(headers["webhook-signature"]));
            return await signed.ReceiveAsync(source, given, body, cancellationToken) switch
            {
                SignedAnswer.Taken taken => Answer(context, taken.Answer),
                SignedAnswer.NotSigned not => Problems.Of(StatusCodes.Status401Unauthorized, "signature-invalid", Words(not.Verdict)),
                SignedAnswer.Replayed => Problems.Of(
                    StatusCodes.Status409Conflict, "delivery-replayed", "Another message came under this webhook-id before. This one was not kept. Give each message an id of its own, and send it again."),
                var other => throw new InvalidOperationException($"No rule for {other.GetType().Name}."),
            };
        },
        cancellationToken);

    private static async Task<IResult> GuardAsync(HttpContext context, Func<ReadOnlyMemory<byte>, Task<IResult>> take, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        try
        {
            return await take(body.GetBuffer().AsMemory(0, (int)body.Length));
        }
        catch (Exception e) when (e is StoreUnavailableException or TimeoutException or DbException)
        {
            return Problems.Unavailable(
                "incident-not-known",
                "The database does not answer, so it is not known whether the report was taken. Send the same message again until it is answered; it takes effect once.");
        }
    }

    private static IResult Answer(HttpContext context, ReportAnswer answer)
    {
        switch (answer)
        {
            case ReportAnswer.Filed filed:
                var dto = new ReportDto(filed.Decision, filed.Number, filed.Exercise, filed.Reason, [.. filed.Takeovers.Select(TakeoverDto.Of)], filed.Repeated);
                return (filed.Decision, filed.Repeated) switch
                {
                    (IncidentDecisions.Hold, false) => TypedResults.Created($"/api/incidents/files/{filed.Number}", dto),
                    (IncidentDecisions.Ask or IncidentDecisions.Proposed, false) => TypedResults.Accepted($"/api/incidents/files/{filed.Number}", dto),
                    _ => TypedResults.Ok(dto),
                };
            case ReportAnswer.NotKnownYet open:
                return NotKnownYetDto.Answer(
                    context, open.OperationId, "The report is on file and asks for a hold; it is not known yet whether the hold took. The service goes on trying by itself. Send the same message again to hear; it holds once.");
            case ReportAnswer.Invalid { Faults: var faults }:
                var unreadable = faults.Any(f => string.Equals(f.Path, "document", StringComparison.Ordinal));
                return Problems.Of(
                    unreadable ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity,
                    unreadable ? "report-malformed" : "report-invalid",
                    $"This is no valid incident report, so nothing was held: {faults[0].Path} {faults[0].What}." + (faults.Count > 1 ? $" There are {faults.Count} faults in all." : "") + " The message is on record; correct it and send it again. Its form: /schemas/incident-report-1.json.",
                    new Dictionary<string, object?>(StringComparer.Ordinal) { ["faults"] = faults.Select(f => new CapFaultDto(f.Path, f.What)) });
            default:
                throw new InvalidOperationException($"No rule for the answer {answer.GetType().Name}.");
        }
    }

    private static async Task<IResult> ListAsync(bool exercise, string? limit, string? cursor, IIncidentFiles files, CancellationToken cancellationToken)
    {
        if (Paging.Limit(limit, out var most) is { } unfit)
        {
            return Problems.Of(unfit);
        }

        try
        {
            var page = await files.ListAsync(exercise, most, cursor, cancellationToken);
            return TypedResults.Ok(new ListDto<IncidentFileDto>([.. page.Items.Select(row => IncidentFileDto.Of(row.Incident))], page.Next));
        }
        catch (BadCursorException)
        {
            return Problems.Of(Paging.BadCursor);
        }
    }

    private static async Task<IResult> ReadAsync(string number, bool exercise, IIncidentFiles files, ITakeoverStore takeovers, IAgreedLineStore lines, CancellationToken cancellationToken)
    {
        if (!IncidentReportReader.IsNumber(number) || await files.FindAsync(number, exercise, cancellationToken) is not { } incident)
        {
            return Problems.Of(new Refusal(
                "incident-unknown",
                $"Nothing was ever reported of {(exercise ? "an exercise" : "an incident")} {Domain.Posts.StorableText.Clean(number, IncidentReportLimits.Number)}. GET /api/{(exercise ? "exercises" : "incidents")} lists them.",
                RefusalKind.NotFound));
        }

        var group = await files.GroupAsync(number, exercise, cancellationToken);
        var wanted = await takeovers.OfAsync(group, exercise, cancellationToken);
        return TypedResults.Ok(IncidentFileDto.Of(incident) with
        {
            BelongsWith = [.. group.Skip(1)],
            Reports = [.. incident.Reports.Select(r => new FiledReportDto(r.Source, r.FiledAt, incident.IsPresent(r), Json(r.Report)))],
            Takeovers = [.. wanted.Select(TakeoverDto.Of)],
            Lines = !exercise && await lines.OfIncidentsAsync(group, cancellationToken) is { Count: > 0 } said ? LineDto.Of(said) : null,
        });
    }

    internal static JsonElement Json(IncidentReport report)
    {
        using var document = JsonDocument.Parse(IncidentReportJson.Write(report));
        return document.RootElement.Clone();
    }

    private static string? Only(Microsoft.Extensions.Primitives.StringValues values) => values.Count == 1 ? values[0] : null;

    private static string Words(WebhookVerdict verdict) => verdict switch
    {
        WebhookVerdict.MissingHeaders => "The message is not signed: webhook-id, webhook-timestamp and webhook-signature are needed, each once. It was not kept.",
        WebhookVerdict.BadTimestamp => "webhook-timestamp is no number of seconds since 1970. The message was not kept.",
        WebhookVerdict.TooOld => "The message is too old: its webhook-timestamp may be five minutes back. It was not kept. Sign it anew when it is sent again, and see to the sender's clock.",
        WebhookVerdict.TooNew => "The message is from the future: its webhook-timestamp may be five minutes ahead. It was not kept. See to the sender's clock.",
        WebhookVerdict.BadId => "webhook-id has to be 1 to 128 visible characters. The message was not kept.",
        _ => "No signature fits. The message was not kept. Check the source's id in the address and its secret; the signature covers id, time and every byte of the body.",
    };
}

/// <summary>What was decided on an incident report.</summary>
/// <param name="Decision"><c>hold</c>, <c>proposed</c>, <c>shadow</c> (an exercise), <c>ask</c> (a person decides) or <c>ignored</c>.</param>
/// <param name="Incident">The incident's number.</param>
/// <param name="Exercise">Whether it is an exercise.</param>
/// <param name="Reason">What was decided and why.</param>
/// <param name="Takeovers">What rules wanted; for a repeat, what stands of the incident.</param>
/// <param name="Repeated">Whether the same message was decided before; then this is that decision.</param>
public sealed record ReportDto(string Decision, string Incident, bool Exercise, string Reason, IReadOnlyList<TakeoverDto> Takeovers, bool Repeated);

/// <summary>An incident.</summary>
public sealed record IncidentFileDto
{
    /// <summary>Its number.</summary>
    public required string Number { get; init; }

    /// <summary>Whether it is an exercise.</summary>
    public required bool Exercise { get; init; }

    /// <summary>What is known now, in the form of a report.</summary>
    public required JsonElement Now { get; init; }

    /// <summary>Whether a major incident was ever declared.</summary>
    public required bool EverMajor { get; init; }

    /// <summary>Revisions of which a source told two different things.</summary>
    public required IReadOnlyList<RevisionConflict> Conflicts { get; init; }

    /// <summary>Numbers of incidents that belong together with it; left out in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? BelongsWith { get; init; }

    /// <summary>Its reports, by when they were written; left out in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FiledReportDto>? Reports { get; init; }

    /// <summary>What rules wanted of it and of those that belong with it; left out in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TakeoverDto>? Takeovers { get; init; }

    /// <summary>The agreed lines that were said for it and for those that belong with it, by hold; left out while there are none, and in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LineDto>? Lines { get; init; }

    /// <summary>Makes one.</summary>
    public static IncidentFileDto Of(Incident incident) => new()
    {
        Number = incident.Number,
        Exercise = incident.Exercise,
        Now = IncidentReportsApi.Json(incident.Now),
        EverMajor = incident.EverMajor,
        Conflicts = incident.Conflicts,
    };
}

/// <summary>A report on file.</summary>
/// <param name="Source">Where it came from.</param>
/// <param name="FiledAt">When it came.</param>
/// <param name="Present">Whether it is its source's present word.</param>
/// <param name="Report">What it says.</param>
public sealed record FiledReportDto(string Source, DateTimeOffset FiledAt, bool Present, JsonElement Report);
