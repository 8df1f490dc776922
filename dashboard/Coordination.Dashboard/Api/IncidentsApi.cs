using System.Data.Common;
using System.Text.Json.Serialization;
using Coordination.Contracts;
using Coordination.Dashboard.Incidents;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/incidents</c>: what other systems report.</summary>
public static class IncidentsApi
{
    /// <summary>Maps the route.</summary>
    public static void MapIncidents(this IEndpointRouteBuilder api) =>
        api.MapPost("/incidents/cap", ReceiveAsync).RequirePermission(Permission.ReportIncident).Stopping()
            .Accepts<string>("application/cap+xml", "application/xml", "text/xml")
            .WithSummary("Takes a CAP 1.2 message. 201: a hold was placed. 202: it is proposed, a person has to decide, or it is not known yet. 200: nothing to do, an exercise, or a repeat.")
            .Produces<IncidentDto>(StatusCodes.Status201Created)
            .Produces<IncidentDto>(StatusCodes.Status202Accepted)
            .Produces<IncidentDto>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);

    private static async Task<IResult> ReceiveAsync(HttpContext context, IIncidentDesk desk, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        try
        {
            var answer = await desk.ReceiveAsync(
                body.GetBuffer().AsMemory(0, (int)body.Length), context.Request.ContentType ?? "", context.User.Actor(), cancellationToken);
            return Answer(context, answer);
        }
        catch (Exception e) when (e is StoreUnavailableException or TimeoutException or DbException)
        {
            return Problems.Unavailable(
                "incident-not-known",
                "The database does not answer, so it is not known whether the message was taken. Send the same message again until it is answered; it takes effect once.");
        }
    }

    private static IResult Answer(HttpContext context, IncidentAnswer answer) => answer switch
    {
        IncidentAnswer.Decided decided => Decided(decided),
        IncidentAnswer.SenderRefused refused => Problems.Of(StatusCodes.Status403Forbidden, "sender-unknown", Sentence(refused.Reason)),
        IncidentAnswer.NotKnownYet open => NotKnownYetDto.Answer(
            context, open.OperationId, "It is not known yet whether the hold took. Send the same message again until it answers 200 or 201; it holds once."),
        IncidentAnswer.Invalid invalid => Invalid(invalid.Faults),
        _ => throw new InvalidOperationException($"No rule for the answer {answer.GetType().Name}."),
    };

    private static IResult Decided(IncidentAnswer.Decided decided)
    {
        var dto = new IncidentDto(
            decided.Decision, decided.Incident, decided.Exercise, decided.Reason, decided.Hold is { } hold ? [HoldDto.Of(hold)] : [], decided.AlsoAsks, decided.Repeated);
        return (decided.Decision, decided.Repeated) switch
        {
            (IncidentDecisions.Hold, false) => TypedResults.Created(decided.Hold is { } placed ? $"/api/holds/{placed.Id}" : null, dto),
            (IncidentDecisions.Ask or IncidentDecisions.Proposed, false) => TypedResults.Accepted((string?)null, dto),
            _ => TypedResults.Ok(dto),
        };
    }

    private static IResult Invalid(IReadOnlyList<CapFault> faults)
    {
        var unreadable = faults.Any(fault => string.Equals(fault.Path, "document", StringComparison.Ordinal));
        return Problems.Of(
            unreadable ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity,
            unreadable ? "cap-malformed" : "cap-invalid",
            $"This is no valid CAP 1.2 message, so nothing was held: {faults[0]}." + (faults.Count > 1 ? $" There are {faults.Count} faults in all." : "") + " The message is on record; correct it and send it again.",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["faults"] = faults.Select(fault => new CapFaultDto(fault.Path, fault.What)) });
    }

    private static string Sentence(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..] + (words.EndsWith('.') ? "" : ".");
}

/// <summary>What was decided on an incident message.</summary>
/// <param name="Decision"><c>hold</c>, <c>proposed</c> (it holds when its time comes, unless somebody objects), <c>ask</c> (a person decides; nothing was held), <c>shadow</c> (an exercise) or <c>ignored</c>.</param>
/// <param name="Incident">The incident's number.</param>
/// <param name="Exercise">Whether it is an exercise.</param>
/// <param name="Reason">What was decided and why.</param>
/// <param name="Holds">The hold that was placed.</param>
/// <param name="AlsoAsks">What a person should look at besides.</param>
/// <param name="Repeated">Whether the same message was decided before; then this is that decision.</param>
public sealed record IncidentDto(
    string Decision,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Incident,
    bool Exercise,
    string Reason,
    IReadOnlyList<HoldDto> Holds,
    IReadOnlyList<string> AlsoAsks,
    bool Repeated);

/// <summary>One thing that is wrong with a message.</summary>
/// <param name="Path">Where.</param>
/// <param name="What">What is wrong.</param>
public sealed record CapFaultDto(string Path, string What);
