using System.ComponentModel;
using System.Text.Json.Serialization;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.Slots;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Schedule;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/accounts/{platform}/{handle}/slots</c>: an account's queue slots.</summary>
public static class SlotsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapSlots(this IEndpointRouteBuilder api)
    {
        api.MapGet("/accounts/{platform}/{handle}/slots", ReadAsync).RequirePermission(Permission.Read)
            .WithSummary("An account's queue slots, and the next moments that they come to and at which nothing is due.").Produces<SlotsDto>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPut("/accounts/{platform}/{handle}/slots", SetAsync).RequirePermission(Permission.PublishLocal, Permission.PublishCorporate)
            .WithSummary("Sets an account's queue slots, given the 'version' that was read. Repeating the same request is safe. Posts that have a time keep it.")
            .Produces<SlotsDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>Reads whether a post is to go into its account's next free slot.</summary>
    /// <returns>Null when that could be read.</returns>
    internal static Refusal? Read(string? slot, string? dueAt, out bool inSlot)
    {
        inSlot = slot is not null;
        return slot switch
        {
            null => null,
            not "next" => new Refusal("slot-unknown", $"'slot' is '{StorableText.Clean(slot, 40)}', and can be 'next' alone: the account's next free queue slot. Nothing was scheduled."),
            _ when dueAt is not null => new Refusal("slot-and-time", "Both 'slot' and 'dueAt' are given. Nothing was scheduled. A post has a time of its own, or goes into the next free slot: leave one of them out."),
            _ => null,
        };
    }

    private static async Task<IResult> ReadAsync(string platform, string handle, ISlotDesk desk, IBoard board, CancellationToken cancellationToken) =>
        AccountKey.TryCreate(platform, handle, out var key) && board.Accounts.ContainsKey(key)
            ? TypedResults.Ok(SlotsDto.Of((await desk.ReadAsync([key], cancellationToken))[key]))
            : Problems.Of(Unknown.Account($"{platform}/{handle}"));

    private static async Task<IResult> SetAsync(string platform, string handle, SlotsRequest request, HttpContext context, ISlotDesk desk, CancellationToken cancellationToken)
    {
        if (!AccountKey.TryCreate(platform, handle, out var key))
        {
            return Problems.Of(Unknown.Account($"{platform}/{handle}"));
        }

        if (request.Version is not { } version)
        {
            return Problems.Of(new Refusal("version-missing", "'version' is missing. Nothing was changed. Give the version of the slots that you read; 0 where nobody has set any."));
        }

        var slots = new List<QueueSlot>();
        foreach (var given in request.Slots ?? [])
        {
            if (!QueueSlot.TryParse(given?.Day, given?.Time, out var slot))
            {
                return Problems.Of(new Refusal("slot-not-understood", "One of 'slots' is no slot. Nothing was changed. A slot has a 'day', mon to sun, and a 'time' on a wall in London, like 17:30."));
            }

            slots.Add(slot);
        }

        var answer = await desk.SetAsync(key, slots, version, context.User.Actor(), cancellationToken);
        return answer.Refusal is { } why ? Problems.Of(why) : TypedResults.Ok(SlotsDto.Of(answer.View!));
    }
}

/// <summary>An account's queue slots.</summary>
/// <param name="Slots">The slots, from Monday.</param>
/// <param name="Next">The next moments at which nothing is due, at most ten, soonest first.</param>
/// <param name="Version">To be given with a change; 0 before the first.</param>
/// <param name="SavedAt">When they were set as they are (UTC); left out before the first change.</param>
/// <param name="SavedBy">Name of who set them.</param>
public sealed record SlotsDto(
    IReadOnlyList<SlotDto> Slots,
    IReadOnlyList<DateTimeOffset> Next,
    long Version,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? SavedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SavedBy)
{
    private const int MostShown = 10;

    /// <summary>Makes it.</summary>
    public static SlotsDto Of(SlotView view) => new(
        [.. view.Kept.Slots.Select(s => new SlotDto(s.DayId, s.TimeText, view.IsQuiet(s)))],
        [.. view.Free.Take(MostShown).Select(t => t.When.At)],
        view.Kept.Version,
        view.Kept.SavedAt,
        view.Kept.SavedByName);
}

/// <summary>A queue slot.</summary>
/// <param name="Day"><c>mon</c> to <c>sun</c>.</param>
/// <param name="Time">The time on a wall in London, like 17:30.</param>
/// <param name="Quiet">True where it lies in the quiet hours: then no post is put into it. Left out otherwise.</param>
public sealed record SlotDto(string Day, string Time, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Quiet);

/// <summary>Queue slots to set.</summary>
public sealed record SlotsRequest(
    [property: Description("The slots, at most 50, each once. Left out: none.")] IReadOnlyList<SlotRequest?>? Slots,
    [property: Description("The 'version' that was read; 0 where nobody has set any.")] long? Version);

/// <summary>A queue slot to set.</summary>
public sealed record SlotRequest(
    [property: Description("mon to sun.")] string? Day,
    [property: Description("The time on a wall in London, like 17:30.")] string? Time);
