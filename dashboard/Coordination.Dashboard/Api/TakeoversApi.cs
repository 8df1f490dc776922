using System.Text.Json.Serialization;
using Coordination.Dashboard.Incidents;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/takeovers</c>: what rules propose, and what people decide about it.</summary>
public static class TakeoversApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapTakeovers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/takeovers", ListAsync).RequirePermission(Permission.ReadIncidents)
            .WithSummary("Proposals that wait for a veto, takeovers under way and shadow holds of exercises, by when they are due.").Produces<ListDto<TakeoverDto>>();
        api.MapGet("/takeovers/{id}", ReadAsync).RequirePermission(Permission.ReadIncidents)
            .WithSummary("One of them, also after it was decided.").Produces<TakeoverDto>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/takeovers/{id}/veto", VetoAsync).RequirePermission(Permission.DecideTakeover).Stopping()
            .WithSummary("Objects to a proposal, with a reason: its hold is not placed. 409 when its time came first.")
            .Produces<TakeoverDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/takeovers/{id}/forward", ForwardAsync).RequirePermission(Permission.DecideTakeover).Stopping()
            .WithSummary("Carries a proposal out now.")
            .Produces<TakeoverDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/takeovers/{id}/end", EndAsync).RequirePermission(Permission.DecideTakeover)
            .WithSummary("Ends the shadow hold of an exercise. A real hold is lifted on its own address.")
            .Produces<TakeoverDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(ITakeoverStore takeovers, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ListDto<TakeoverDto>([.. (await takeovers.OpenAsync(cancellationToken)).Select(TakeoverDto.Of)], null));

    private static async Task<IResult> ReadAsync(string id, ITakeoverStore takeovers, IAgreedLineStore lines, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var takeover) && await takeovers.FindAsync(takeover, cancellationToken) is { } found
            ? TypedResults.Ok(TakeoverDto.Of(found) with { Lines = found.HoldId is { } hold && await lines.OfHoldAsync(hold, cancellationToken) is { Count: > 0 } said ? LineDto.Of(said) : null })
            : Problems.Of(TakeoverDesk.Unknown(Domain.Posts.StorableText.Clean(id, 40)));

    private static Task<IResult> VetoAsync(string id, ReasonRequest? request, HttpContext context, TakeoverDesk desk, CancellationToken cancellationToken) =>
        AnswerAsync(id, takeover => desk.VetoAsync(takeover, request?.Reason, context.User.Actor(), cancellationToken));

    private static Task<IResult> ForwardAsync(string id, HttpContext context, TakeoverDesk desk, CancellationToken cancellationToken) =>
        AnswerAsync(id, takeover => desk.ForwardAsync(takeover, context.User.Actor(), cancellationToken));

    private static Task<IResult> EndAsync(string id, HttpContext context, TakeoverDesk desk, CancellationToken cancellationToken) =>
        AnswerAsync(id, takeover => desk.EndShadowAsync(takeover, context.User.Actor(), cancellationToken));

    private static async Task<IResult> AnswerAsync(string id, Func<Guid, Task<TakeoverAnswer>> decide)
    {
        if (!Guid.TryParse(id, out var takeover))
        {
            return Problems.Of(TakeoverDesk.Unknown(Domain.Posts.StorableText.Clean(id, 40)));
        }

        var answer = await decide(takeover);
        return answer.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.Ok(TakeoverDto.Of(answer.Takeover!));
    }
}

/// <summary>A takeover: what a rule wants for an incident, and what became of it.</summary>
public sealed record TakeoverDto
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The incident's number.</summary>
    public required string Incident { get; init; }

    /// <summary>Whether it is an exercise's: then no real account is ever held.</summary>
    public required bool Exercise { get; init; }

    /// <summary>The rule's id.</summary>
    public required string Rule { get; init; }

    /// <summary>The version of the rule book.</summary>
    public required int RuleVersion { get; init; }

    /// <summary><c>pending</c>, <c>running</c>, <c>placed</c>, <c>refused</c>, <c>vetoed</c>, <c>lifted</c>, <c>shadow</c> or <c>ended</c>.</summary>
    public required string State { get; init; }

    /// <summary>The kind of hold.</summary>
    public required HoldKind Kind { get; init; }

    /// <summary>What it covers.</summary>
    public required Scope Scope { get; init; }

    /// <summary>The hold's reason.</summary>
    public required string Reason { get; init; }

    /// <summary>When the rule wanted it.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When it is carried out unless somebody objects.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When it came to its state.</summary>
    public required DateTimeOffset StateAt { get; init; }

    /// <summary>Name of who objected, brought it forward or ended it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DecidedBy { get; init; }

    /// <summary>What they said, or why it was refused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary>The hold that was placed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? HoldId { get; init; }

    /// <summary>The holding statement that the rule suggests.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Statement { get; init; }

    /// <summary>The agreed lines that were said under its hold; left out while there are none, and in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LineDto>? Lines { get; init; }

    /// <summary>Makes one.</summary>
    public static TakeoverDto Of(Takeover takeover) => new()
    {
        Id = takeover.Id,
        Incident = takeover.Number,
        Exercise = takeover.Exercise,
        Rule = takeover.Rule,
        RuleVersion = takeover.RuleVersion,
        State = takeover.State.ToString().ToLowerInvariant(),
        Kind = takeover.Kind,
        Scope = takeover.Scope,
        Reason = takeover.Reason,
        MadeAt = takeover.MadeAt,
        DueAt = takeover.DueAt,
        StateAt = takeover.StateAt,
        DecidedBy = takeover.DecidedName,
        Note = takeover.Note,
        HoldId = takeover.HoldId,
        Statement = takeover.Statement,
    };
}
