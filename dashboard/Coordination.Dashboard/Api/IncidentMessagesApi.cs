using System.ComponentModel;
using System.Text.Json.Serialization;
using Coordination.Dashboard.Incidents;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/incidents/messages</c> and <c>/api/incidents/sources</c>: what other systems sent, as people look through it.</summary>
public static class IncidentMessagesApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapIncidentMessages(this IEndpointRouteBuilder api)
    {
        api.MapGet("/incidents/messages", ListAsync).RequirePermission(Permission.ReadIncidents)
            .WithSummary("What other systems sent about incidents, the newest first; ?open=true: only what waits for a person. Nothing that came is left out.")
            .Produces<ListDto<IncidentMessageDto>>();
        api.MapGet("/incidents/messages/{id}", ReadAsync).RequirePermission(Permission.ReadIncidents)
            .WithSummary("One of them.").Produces<IncidentMessageDto>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/incidents/messages/{id}/raw", RawAsync).RequirePermission(Permission.ReadIncidents)
            .WithSummary("Its bytes as they came, as a file.").Produces(StatusCodes.Status200OK).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/incidents/messages/{id}/settle", SettleAsync).RequirePermission(Permission.PlaceHold)
            .WithSummary("Says what was done about a message that was left to a person. Repeating it is safe: the first settlement stands.")
            .Produces<IncidentMessageDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet("/incidents/sources", SourcesAsync).RequirePermission(Permission.ReadIncidents)
            .WithSummary("Who sends messages, when the last one came, and how the last day went.").Produces<ListDto<IncidentSourceDto>>();
    }

    private static async Task<IResult> ListAsync(string? open, string? limit, string? cursor, IIncidentInbox inbox, CancellationToken cancellationToken)
    {
        var only = false;
        if (open is not null && !bool.TryParse(open, out only))
        {
            return Problems.Of(new Refusal("filter-unknown", "'open' can be true or false."));
        }

        if (Paging.Limit(limit, out var most) is { } unfit)
        {
            return Problems.Of(unfit);
        }

        try
        {
            var page = await inbox.ListAsync(only, most, cursor, cancellationToken);
            return TypedResults.Ok(new ListDto<IncidentMessageDto>([.. page.Items.Select(IncidentMessageDto.Of)], page.Next));
        }
        catch (BadCursorException)
        {
            return Problems.Of(Paging.BadCursor);
        }
    }

    private static async Task<IResult> ReadAsync(string id, IIncidentInbox inbox, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var message) && await inbox.FindAsync(message, cancellationToken) is { } found
            ? TypedResults.Ok(IncidentMessageDto.Of(found))
            : Problems.Of(InboxDesk.Unknown(id));

    // Whatever somebody sent is a file to keep, never a page to show.
    private static async Task<IResult> RawAsync(string id, IIncidentInbox inbox, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var message) && await inbox.BodyAsync(message, cancellationToken) is { } body
            ? TypedResults.File(body.Body, "application/octet-stream", $"incident-message-{message:D}.txt")
            : Problems.Of(InboxDesk.Unknown(id));

    private static async Task<IResult> SettleAsync(string id, SettleRequest request, HttpContext context, InboxDesk desk, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var message))
        {
            return Problems.Of(InboxDesk.Unknown(id));
        }

        return await desk.SettleAsync(message, request.Note, context.User.Actor(), cancellationToken) switch
        {
            { Message: { } settled } => TypedResults.Ok(IncidentMessageDto.Of(settled)),
            { Refusal: { } why } => Problems.Of(why),
            _ => throw new InvalidOperationException("Neither a message nor a refusal."),
        };
    }

    private static async Task<IResult> SourcesAsync(IIncidentInbox inbox, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ListDto<IncidentSourceDto>(
            [.. (await inbox.SourcesAsync(cancellationToken)).Select(s => new IncidentSourceDto(s.Id, s.Name, s.LastAt, s.LastDecision, s.Day, s.DayRefused))], null));
}

/// <summary>What was done about a message.</summary>
public sealed record SettleRequest([property: Description("What was done, or why nothing has to be; at most 500 characters.")] string? Note);

/// <summary>A message that another system sent.</summary>
public sealed record IncidentMessageDto
{
    /// <summary>Its id: it follows from the bytes.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it first came.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Staff id of who delivered it.</summary>
    public required string ReceivedBy { get; init; }

    /// <summary>What the sender called the bytes.</summary>
    public required string ContentType { get; init; }

    /// <summary>How many bytes it has.</summary>
    public required int Bytes { get; init; }

    /// <summary>Who sent it, by its own word; left out when it was not understood.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sender { get; init; }

    /// <summary>Its own identifier.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Identifier { get; init; }

    /// <summary>When it was sent, by its own word.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Sent { get; init; }

    /// <summary>How it is meant to be handled, in CAP's words: <c>Actual</c>, <c>Exercise</c>, ...</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Status { get; init; }

    /// <summary>What it does, in CAP's words: <c>Alert</c>, <c>Update</c>, ...</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MsgType { get; init; }

    /// <summary><c>hold</c>, <c>ask</c>, <c>ignored</c> or <c>refused</c>; left out when nothing was decided: send the same message again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Decision { get; init; }

    /// <summary>What was decided and why.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>The incident's reference.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Incident { get; init; }

    /// <summary>The hold that it placed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? HoldId { get; init; }

    /// <summary>True when that was lifted since; left out otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HoldLifted { get; init; }

    /// <summary>Whether it waits for a person.</summary>
    public required bool Open { get; init; }

    /// <summary>What a person said was done about it; left out while nobody has.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SettlementDto? Settled { get; init; }

    /// <summary>Makes it.</summary>
    public static IncidentMessageDto Of(InboxMessage message) => new()
    {
        Id = message.Id,
        ReceivedAt = message.ReceivedAt,
        ReceivedBy = message.ReceivedBy,
        ContentType = message.ContentType,
        Bytes = message.Bytes,
        Sender = message.Sender,
        Identifier = message.Identifier,
        Sent = message.Sent,
        Status = message.Status,
        MsgType = message.MsgType,
        Decision = message.Decision,
        Reason = message.Reason,
        Incident = message.Incident,
        HoldId = message.HoldId,
        HoldLifted = message.HoldLifted,
        Open = message.Open,
        Settled = message.Settled is { } s ? new SettlementDto(s.By, s.ByName, s.At, s.Note) : null,
    };
}

/// <summary>What a person said was done about a message.</summary>
/// <param name="By">Staff id.</param>
/// <param name="ByName">Their name.</param>
/// <param name="At">When.</param>
/// <param name="Note">What they said.</param>
public sealed record SettlementDto(string By, string ByName, DateTimeOffset At, string Note);

/// <summary>Who sends messages, and how that goes.</summary>
/// <param name="Id">Staff id of the system's or person's token.</param>
/// <param name="Name">Its name.</param>
/// <param name="LastAt">When the last message came.</param>
/// <param name="LastDecision">What was decided about that one; left out when nothing was yet.</param>
/// <param name="Day">Messages of the last 24 hours.</param>
/// <param name="DayRefused">Those of them that could not be understood, or whose sender is not on the list.</param>
public sealed record IncidentSourceDto(
    string Id, string Name, DateTimeOffset LastAt, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LastDecision, int Day, int DayRefused);
