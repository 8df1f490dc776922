using System.Text.Json.Serialization;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.Incidents.Lines;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.Incidents;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/holds/{id}/lines</c>: the agreed lines of a hold.</summary>
public static class LinesApi
{
    /// <summary>Maps the route.</summary>
    public static void MapLines(this IEndpointRouteBuilder api) =>
        api.MapGet("/holds/{id}/lines", ListAsync).RequirePermission(Permission.Read)
            .WithSummary("The agreed lines that were said under a hold, the first one first, each with how it stands on the accounts that it was meant for.")
            .Produces<ListDto<LineDto>>().ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> ListAsync(string id, IHoldReader holds, IAgreedLineStore lines, CancellationToken cancellationToken) =>
        await holds.FindAsync(id, cancellationToken) is { } hold
            ? TypedResults.Ok(new ListDto<LineDto>(LineDto.Of(await lines.OfHoldAsync(hold.Id, cancellationToken)), null))
            : Problems.Of(Unknown.Hold(id));
}

/// <summary>An agreed line, and how it stands.</summary>
/// <param name="Line">Which one of its hold, from 1.</param>
/// <param name="Hold">The hold.</param>
/// <param name="Takeover">The takeover whose hold that is; left out where people placed it.</param>
/// <param name="Incident">The incident's number.</param>
/// <param name="SaidAt">When it was first said.</param>
/// <param name="SaidBy">Name of who said it.</param>
/// <param name="Accounts">How many accounts it was meant for.</param>
/// <param name="Out">On how many it is out, or was.</param>
/// <param name="NotTaken">How many took no post of it.</param>
/// <param name="States">How many of its posts are in each state that one of them is in.</param>
/// <param name="SupersededBy">The line that came after it; left out while it is what stands.</param>
/// <param name="Messages">Its messages; more than one where accounts that had not taken it were sent it again. GET /api/messages/{id} has their posts.</param>
public sealed record LineDto(
    int Line,
    string Hold,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Takeover,
    string Incident,
    DateTimeOffset SaidAt,
    string SaidBy,
    int Accounts,
    int Out,
    int NotTaken,
    IReadOnlyDictionary<string, int> States,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? SupersededBy,
    IReadOnlyList<Guid> Messages)
{
    /// <summary>Makes them.</summary>
    public static IReadOnlyList<LineDto> Of(IReadOnlyList<LineMessage> messages) => [.. LineStanding.Of(messages).Select(Of)];

    private static LineDto Of(LineStanding line) => new(
        line.Line,
        line.HoldId,
        line.Messages[0].TakeoverId,
        line.Messages[0].Incident,
        line.SaidAt,
        line.SaidByName,
        line.Asked,
        line.Out,
        line.NotTaken,
        Enum.GetValues<PostState>().Where(s => line.Count(s) > 0).OrderBy(s => s.Id(), StringComparer.Ordinal).ToDictionary(s => s.Id(), s => line.Count(s), StringComparer.Ordinal),
        line.SupersededBy,
        [.. line.Messages.Select(m => m.MessageId)]);
}
