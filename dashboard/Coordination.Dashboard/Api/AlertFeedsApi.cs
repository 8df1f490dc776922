using System.Text.Json.Serialization;
using Coordination.Dashboard.Incidents.Pull;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.Incidents.Feeds;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/incidents/feeds</c>: the feeds whose CAP messages are pulled, and how they do.</summary>
public static class AlertFeedsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapAlertFeeds(this IEndpointRouteBuilder api)
    {
        api.MapGet("/incidents/feeds", ListAsync).RequirePermission(Permission.ReadIncidents)
            .WithSummary("The Atom feeds whose CAP messages are pulled: how each does, when it was read and is read next, what is wrong, and which of its messages could not be taken.")
            .Produces<ListDto<AlertFeedDto>>();
        api.MapPost("/incidents/feeds/{id}/poll", PollAsync).RequirePermission(Permission.ReportIncident)
            .WithSummary("Has a feed read now, or as soon as its server allows, by whichever host comes first. Repeating it is safe. 202: nextTry says when.")
            .Produces<AlertFeedDto>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(FeedDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ListDto<AlertFeedDto>([.. (await desk.ListAsync(cancellationToken)).Select(AlertFeedDto.Of)], null));

    private static async Task<IResult> PollAsync(string id, HttpContext context, FeedDesk desk, CancellationToken cancellationToken) =>
        await desk.PollAsync(id, context.User.Actor(), cancellationToken) switch
        {
            { Feed: { } feed } => TypedResults.Accepted((string?)null, AlertFeedDto.Of(feed)),
            { Refusal: { } why } => Problems.Of(why),
            _ => throw new InvalidOperationException("Neither a feed nor a refusal."),
        };
}

/// <summary>A feed whose CAP messages are pulled.</summary>
public sealed record AlertFeedDto
{
    /// <summary>Its id, as in the settings; its messages are received from it.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is, without the query of its address.</summary>
    public required string Address { get; init; }

    /// <summary>How often it is read, in seconds.</summary>
    public required int EverySeconds { get; init; }

    /// <summary><c>fresh</c>, <c>late</c>, <c>failing</c>, or <c>never</c> when it was never read.</summary>
    public required string State { get; init; }

    /// <summary>When it was last asked for; left out for never, as the next ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LastTry { get; init; }

    /// <summary>When it was last read, or had not changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>When a message last came of it that was not known yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LastMessage { get; init; }

    /// <summary>When it is asked for next.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>Whether a host is at it now.</summary>
    public required bool Polling { get; init; }

    /// <summary>How often in a row it could not be read.</summary>
    public required int Failures { get; init; }

    /// <summary>How many entries it lists.</summary>
    public required int Entries { get; init; }

    /// <summary>What is wrong; left out when nothing is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Problem { get; init; }

    /// <summary>Entries whose message was not taken, the last ones first; at most ten.</summary>
    public required IReadOnlyList<AlertFeedEntryDto> NotTaken { get; init; }

    /// <summary>Makes one.</summary>
    public static AlertFeedDto Of(FeedView view) => new()
    {
        Id = view.Source.Id,
        Name = view.Source.Name,
        Address = view.Source.Shown,
        EverySeconds = (int)view.Source.Every.TotalSeconds,
        State = Word(view.State),
        LastTry = view.Standing?.Facts.TriedAt,
        LastSuccess = view.Standing?.Facts.SuccessAt,
        LastMessage = view.Standing?.MessageAt,
        NextTry = view.Standing?.NextAt,
        Polling = view.Standing?.Polling ?? false,
        Failures = view.Standing?.Facts.Failures ?? 0,
        Entries = view.Standing?.Listed ?? 0,
        Problem = view.Standing?.Problem,
        NotTaken = [.. (view.Standing?.Trouble ?? []).Select(t => new AlertFeedEntryDto(t.EntryId, t.State == FeedEntryState.Waiting, t.Words, t.FirstAt, t.TriedAt))],
    };

    private static string Word(FeedState state) => state switch
    {
        FeedState.Never => "never",
        FeedState.Fresh => "fresh",
        FeedState.Late => "late",
        FeedState.Failing => "failing",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}

/// <summary>An entry whose message was not taken.</summary>
/// <param name="Entry">Its id; empty when it has none.</param>
/// <param name="TriedAgain">Whether it is tried again by itself.</param>
/// <param name="Why">Why it was not taken.</param>
/// <param name="FirstTry">When it was first tried.</param>
/// <param name="LastTry">When it was tried last.</param>
public sealed record AlertFeedEntryDto(string Entry, bool TriedAgain, string Why, DateTimeOffset FirstTry, DateTimeOffset LastTry);
