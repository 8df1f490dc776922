using System.ComponentModel;
using System.Text.Json.Serialization;
using Coordination.Dashboard.Redactions;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Redactions;
using Coordination.Storage.Redactions;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/redactions</c>: content of the record that is erased by two people.</summary>
public static class RedactionsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapRedactions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/redactions", ListAsync).RequirePermission(Permission.ReadJournal)
            .WithSummary("What somebody asks to have erased, and the last redactions: on which ground, by whom, of how many entries.").Produces<ListDto<RedactionDto>>();
        api.MapGet("/redactions/{id}", FindAsync).RequirePermission(Permission.ReadJournal)
            .WithSummary("One redaction.").Produces<RedactionDto>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/redactions", AskAsync).RequirePermission(Permission.Redact)
            .WithSummary("Asks for all that a post said, or for one entry's content, to be erased for good. Nothing is erased before another person confirms.")
            .Produces<RedactionDto>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/redactions/{id}/confirm", ConfirmAsync).RequirePermission(Permission.ConfirmRedaction).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Erases it, as the second person. It cannot be undone. Hashes, who and when stay, and the record still verifies.")
            .Produces<RedactionDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/redactions/{id}/decline", DeclineAsync).RequirePermission(Permission.ConfirmRedaction)
            .WithSummary("Declines it, or takes one's own back, for a reason.")
            .Produces<RedactionDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(IRedactionDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ListDto<RedactionDto>([.. (await desk.ListAsync(cancellationToken)).Select(RedactionDto.Of)], null));

    private static async Task<IResult> FindAsync(string id, IRedactionDesk desk, CancellationToken cancellationToken) =>
        await desk.FindAsync(id, cancellationToken) is { } found ? TypedResults.Ok(RedactionDto.Of(found)) : Problems.Of(RedactionRefusals.Of("redaction-unknown"));

    private static async Task<IResult> AskAsync(RedactionRequest request, HttpContext context, IRedactionDesk desk, CancellationToken cancellationToken)
    {
        if (!RedactionGrounds.TryParse(request.Ground, out var ground))
        {
            return Problems.Of(new Refusal("redaction-ground-unknown", $"'ground' is none of: {string.Join(", ", RedactionGrounds.All.Select(g => g.Id()))}. Nothing was erased."));
        }

        var actor = context.User.Actor();
        var answer = request switch
        {
            { PostId: { } post, Stream: null, Number: null } => await desk.AskPostAsync(post, ground, request.Reason, actor, cancellationToken),
            { PostId: null, Stream: { } stream, Number: { } number } => await desk.AskEntryAsync(stream, number, ground, request.Reason, actor, cancellationToken),
            _ => new RedactionAnswer(null, new Refusal("redaction-target-missing", "Say what to erase: 'postId', or 'stream' and 'number' of an entry. Nothing was erased.")),
        };
        return answer.Redaction is { } made ? TypedResults.Created($"/api/redactions/{made.Id}", RedactionDto.Of(made)) : Problems.Of(answer.Refusal!);
    }

    private static async Task<IResult> ConfirmAsync(string id, HttpContext context, IRedactionDesk desk, CancellationToken cancellationToken) =>
        Result(await desk.ConfirmAsync(id, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken));

    private static async Task<IResult> DeclineAsync(string id, ReasonRequest request, HttpContext context, IRedactionDesk desk, CancellationToken cancellationToken) =>
        Result(await desk.DeclineAsync(id, request.Reason, context.User.Actor(), cancellationToken));

    private static IResult Result(RedactionAnswer answer) => answer.Redaction is { } redaction ? TypedResults.Ok(RedactionDto.Of(redaction)) : Problems.Of(answer.Refusal!);
}

/// <summary>What is to be erased: a post, or an entry.</summary>
public sealed record RedactionRequest(
    [property: Description("The post whose words go, wherever they are kept.")] Guid? PostId,
    [property: Description("The stream of an entry that has no state beside it: export/…, reading/…, incident/….")] string? Stream,
    [property: Description("The entry's number.")] long? Number,
    [property: Description("erasure, rectification, consent-withdrawn, excessive or order.")] string? Ground,
    [property: Description("Why, in 10 to 500 characters that say nothing of what is erased: they stay.")] string? Reason);

/// <summary>A redaction.</summary>
/// <param name="Id">Its id, such as <c>R-000012</c>.</param>
/// <param name="Account">The account of the post; left out for an entry.</param>
/// <param name="PostId">The post; left out for an entry.</param>
/// <param name="Stream">The entry's stream; left out for a post.</param>
/// <param name="Number">The entry's number; left out for a post.</param>
/// <param name="Ground">The legal ground.</param>
/// <param name="Reason">Why.</param>
/// <param name="State"><c>asked</c>, <c>erased</c> or <c>declined</c>.</param>
/// <param name="AskedAt">When it was asked for.</param>
/// <param name="AskedBy">Staff id of who asked.</param>
/// <param name="AskedByName">Their name.</param>
/// <param name="DecidedAt">When another confirmed or declined; left out while it waits.</param>
/// <param name="DecidedByName">Who did.</param>
/// <param name="Words">Why it was declined; left out otherwise.</param>
/// <param name="Entries">Of how many entries of the journal the content went.</param>
public sealed record RedactionDto(
    string Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Account,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? PostId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Stream,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Number,
    string Ground,
    string Reason,
    string State,
    DateTimeOffset AskedAt,
    string AskedBy,
    string AskedByName,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? DecidedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? DecidedByName,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Words,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Entries)
{
    internal static RedactionDto Of(Redaction r)
    {
        var (post, entry) = (r.Target as RedactionTarget.Post, r.Target as RedactionTarget.Entry);
        return new RedactionDto(
            r.Id, post?.Account.Value, post?.Id.Value, entry?.Stream, entry?.Number, r.Ground.Id(), r.Reason, StateId(r.State), r.AskedAt, r.AskedBy, r.AskedByName, r.DecidedAt, r.DecidedByName, r.Words, r.Entries);
    }

    private static string StateId(RedactionState state) => state switch
    {
        RedactionState.Asked => "asked",
        RedactionState.Erased => "erased",
        RedactionState.Declined => "declined",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };
}
