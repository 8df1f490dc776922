using System.Text.Json.Serialization;
using Coordination.Dashboard.Journal;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.People;
using Coordination.Storage.Journal;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/journal</c>: the record, looked up.</summary>
public static class JournalApi
{
    /// <summary>Maps the route.</summary>
    public static void MapJournal(this IEndpointRouteBuilder api) =>
        api.MapGet("/journal", FindAsync).RequirePermission(Permission.ReadJournal).Expensive()
            .WithSummary("Entries of the journal, newest first: ?person= (staff id or a part of the name), ?account=, ?hold=, ?incident=, ?event=, ?from= and ?to= narrow it, all at once. Each with a sentence, and as it is stored.")
            .Produces<ListDto<JournalEntryDto>>();

    private static async Task<IResult> FindAsync([AsParameters] JournalFilter filter, HttpContext context, IJournalDesk desk, CancellationToken cancellationToken)
    {
        if ((Paging.Limit(filter.Limit, out var size) ?? InputTime.Read(filter.From, "from", out _) ?? InputTime.Read(filter.To, "to", out _)) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        InputTime.Read(filter.From, "from", out var from);
        InputTime.Read(filter.To, "to", out var to);
        try
        {
            return await desk.FindAsync(
                    new JournalWish(filter.Person, filter.Account, filter.Hold, filter.Incident, filter.Event, from, to), size, filter.Cursor, context.User.Actor(), cancellationToken) switch
            {
                { Refusal: { } why } => Problems.Of(why),
                var answer => TypedResults.Ok(new ListDto<JournalEntryDto>([.. answer.Found!.Items.Select(JournalEntryDto.Of)], answer.Found.Next)),
            };
        }
        catch (BadCursorException)
        {
            return Problems.Of(Paging.BadCursor);
        }
    }
}

/// <summary>What is looked for.</summary>
/// <param name="Person">Staff id, or a part of a name.</param>
/// <param name="Account">An account's key.</param>
/// <param name="Hold">A hold's id.</param>
/// <param name="Incident">An incident's number.</param>
/// <param name="Event">An event's name.</param>
/// <param name="From">From when on, ISO 8601 with an offset.</param>
/// <param name="To">Before when, ISO 8601 with an offset.</param>
/// <param name="Limit">Most entries of a page.</param>
/// <param name="Cursor">Where the former page ended.</param>
public sealed record JournalFilter(string? Person, string? Account, string? Hold, string? Incident, string? Event, string? From, string? To, string? Limit, string? Cursor);

/// <summary>One entry of the journal, as a sentence and as it is stored.</summary>
/// <param name="Stream">What it is the record of, such as <c>hold/H-000231</c>.</param>
/// <param name="Number">Its number in the stream, from 1.</param>
/// <param name="At">When, by the database's clock.</param>
/// <param name="Event">The event, such as <c>hold-placed</c>.</param>
/// <param name="Sentence">All of it in words.</param>
/// <param name="ActorId">Staff id of who did it; <c>system</c> for the service.</param>
/// <param name="ActorName">Their name at the time.</param>
/// <param name="ActorRole">Their role at the time.</param>
/// <param name="OperationId">Id of the command that it answered; left out where no command had one.</param>
/// <param name="FenceSequence">Place in the fence's order; left out where none was drawn.</param>
/// <param name="Reason">Why; left out where no reason was given, or it was erased.</param>
/// <param name="Payload">Its content, exactly as stored; left out once it was erased.</param>
/// <param name="Redaction">The redaction that erased its content; left out where none did.</param>
/// <param name="PayloadHash">The hash of its content, in hexadecimal.</param>
/// <param name="Hash">The chain's hash, in hexadecimal.</param>
public sealed record JournalEntryDto(
    string Stream,
    long Number,
    DateTimeOffset At,
    string Event,
    string Sentence,
    string ActorId,
    string ActorName,
    string ActorRole,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? OperationId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? FenceSequence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Payload,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Redaction,
    string PayloadHash,
    string Hash)
{
    /// <summary>Makes it.</summary>
    public static JournalEntryDto Of(JournalEntry entry) => new(
        entry.Stream, entry.Number, entry.At, entry.Event, JournalSentence.Of(entry), entry.ActorId, entry.ActorName, entry.ActorRole, entry.OperationId, entry.FenceSequence,
        entry.Reason, entry.Payload, entry.Redaction, Convert.ToHexStringLower(entry.PayloadHash), Convert.ToHexStringLower(entry.Hash));
}
