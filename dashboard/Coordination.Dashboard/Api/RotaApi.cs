using System.ComponentModel;
using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.Team;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Rota;
using Coordination.Storage.Desk;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/rota</c>: who is on duty out of hours.</summary>
public static class RotaApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapRota(this IEndpointRouteBuilder api)
    {
        api.MapGet("/rota", ReadAsync).RequirePermission(Permission.Read)
            .WithSummary("Who is on duty now, the shifts that are not over, and the gaps and overlaps of the next four weeks.").Produces<RotaDto>();
        api.MapPut("/rota/shifts/{id}", SaveAsync).RequirePermission(Permission.ManageRota)
            .WithSummary("Puts a shift on the rota under an id (a UUID) of your choice; with the 'version' that was read, changes it. Repeating the same request is safe.")
            .Produces<ShiftDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/rota/shifts/{id}/hand-over", GiveAsync).RequirePermission(Permission.Read)
            .WithSummary("Hands a turn over that has begun, with a word for the next one; what stands open is noted with it. For whom the rota names, and Comms. Repeating it is safe.")
            .Produces<TurnDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/rota/shifts/{id}/take-over", TakeAsync).RequirePermission(Permission.Read)
            .WithSummary("Takes a turn over that somebody else handed over. For whom the rota names next, and Comms. Repeating it is safe.")
            .Produces<TurnDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/rota/shifts/{id}/remove", RemoveAsync).RequirePermission(Permission.ManageRota)
            .WithSummary("Takes a shift that is not over off the rota, for a reason.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ReadAsync(IRotaDesk desk, OfficeHours hours, TimeProvider time, CancellationToken cancellationToken)
    {
        var (now, records) = (time.GetUtcNow(), await desk.ListAsync(cancellationToken));
        Shift[] shifts = [.. records.Select(r => r.Body)];
        return TypedResults.Ok(new RotaDto(
            hours.Contain(now),
            [.. DutyRoles.All.SelectMany(role => RotaView.On(shifts, role, now)).Select(s => new OnDutyDto(s.Role.Id(), s.Name, s.Phone, s.To))],
            [.. records.OrderBy(r => r.Body.From).ThenBy(r => r.Body.Role).Select(ShiftDto.Of)],
            [.. RotaView.Gaps(shifts, hours, now).Select(g => new RotaGapDto(g.Role.Id(), g.From, g.To))],
            [.. RotaView.Overlaps(shifts, now).Select(o => new RotaOverlapDto(o.Role.Id(), o.From, o.To, o.Names))],
            [.. (await desk.TurnsAsync(cancellationToken)).Select(t => new TurnDto(t.ShiftId, t.Shift.Role.Id(), t.Shift.Name, t.Shift.To, t.IsLeft(now), HandoverDto.Of(t.Handover)))]));
    }

    private static Task<IResult> GiveAsync(string id, HandoverRequest request, HttpContext context, IRotaDesk desk, CancellationToken cancellationToken) =>
        HandAsync(id, shift => desk.GiveAsync(shift, request.Notes, context.User.Actor(), cancellationToken));

    private static Task<IResult> TakeAsync(string id, HttpContext context, IRotaDesk desk, CancellationToken cancellationToken) =>
        HandAsync(id, shift => desk.TakeAsync(shift, context.User.Actor(), cancellationToken));

    private static async Task<IResult> HandAsync(string id, Func<Guid, Task<DeskAnswer<Handover>>> hand)
    {
        if (!Guid.TryParse(id, out var shift))
        {
            return Problems.Of(new Refusal("shift-unknown", "There is no such shift. Nothing was changed. GET /api/rota lists them.", RefusalKind.NotFound));
        }

        return await hand(shift) switch
        {
            { Record: { Body: var given } } => TypedResults.Ok(new TurnDto(shift, given.Role.Id(), given.Of, given.EndsAt, false, HandoverDto.Of(given))),
            { Refusal: { } why } => Problems.Of(why),
            _ => throw new InvalidOperationException("Neither a hand-over nor a refusal."),
        };
    }

    private static async Task<IResult> SaveAsync(string id, ShiftRequest request, HttpContext context, IRotaDesk desk, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var shift))
        {
            return Problems.Of(new Refusal("shift-id-invalid", "The id of a shift is a UUID. Nothing was changed. Make a new one for a new shift."));
        }

        if (!DutyRoles.TryParse(request.Role, out var role))
        {
            return Problems.Of(new Refusal("role-unknown", "'role' is neither duty-officer nor incident-cover. Nothing was changed."));
        }

        var unfit = InputTime.Read(request.From, "from", out var from);
        if ((InputTime.Read(request.To, "to", out var to) ?? unfit) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        if (from is null || to is null)
        {
            return Problems.Of(new Refusal("time-missing", "A shift needs 'from' and 'to'. Nothing was changed. Write them like 2026-03-01T17:00:00Z."));
        }

        var wish = new Shift { Role = role, Name = request.Name ?? "", Phone = request.Phone ?? "", From = from.Value, To = to.Value };
        return await desk.SaveAsync(shift, wish, request.Version, context.User.Actor(), cancellationToken) switch
        {
            { Record: { } record } => TypedResults.Ok(ShiftDto.Of(record)),
            { Refusal: { } why } => Problems.Of(why),
            _ => throw new InvalidOperationException("Neither a shift nor a refusal."),
        };
    }

    private static async Task<IResult> RemoveAsync(string id, ShiftRemovalRequest request, HttpContext context, IRotaDesk desk, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var shift))
        {
            return Problems.Of(new Refusal("shift-unknown", "There is no such shift. Nothing was changed. GET /api/rota lists them.", RefusalKind.NotFound));
        }

        var answer = await desk.RemoveAsync(shift, request.Version ?? 0, request.Reason, context.User.Actor(), cancellationToken);
        return answer.Refusal is { } why ? Problems.Of(why) : TypedResults.NoContent();
    }
}

/// <summary>A shift to set.</summary>
public sealed record ShiftRequest(
    [property: Description("duty-officer or incident-cover.")] string? Role,
    [property: Description("Full name.")] string? Name,
    [property: Description("Telephone number.")] string? Phone,
    [property: Description("From when, ISO 8601 with an offset.")] string? From,
    [property: Description("Until when, ISO 8601 with an offset.")] string? To,
    [property: Description("The 'version' that was read. Left out for a new one.")] long? Version = null);

/// <summary>A shift to take off the rota.</summary>
public sealed record ShiftRemovalRequest(
    [property: Description("The 'version' that was read.")] long? Version,
    [property: Description("Why.")] string? Reason);

/// <summary>The rota.</summary>
/// <param name="OfficeHours">Whether Comms are at their desks now.</param>
/// <param name="Now">Who is on duty now.</param>
/// <param name="Shifts">Shifts that are not over, by time.</param>
/// <param name="Gaps">Times out of hours in the next four weeks at which nobody is on.</param>
/// <param name="Overlaps">Times in the next four weeks at which two are on for the same.</param>
/// <param name="Turns">Turns that go on or have just ended and are to be handed over.</param>
public sealed record RotaDto(
    bool OfficeHours, IReadOnlyList<OnDutyDto> Now, IReadOnlyList<ShiftDto> Shifts, IReadOnlyList<RotaGapDto> Gaps, IReadOnlyList<RotaOverlapDto> Overlaps, IReadOnlyList<TurnDto> Turns);

/// <summary>A hand-over to write.</summary>
public sealed record HandoverRequest([property: Description("What the next one has to know.")] string? Notes);

/// <summary>A turn of the rota.</summary>
/// <param name="Shift">The shift's id.</param>
/// <param name="Role"><c>duty-officer</c> or <c>incident-cover</c>.</param>
/// <param name="Name">Whose.</param>
/// <param name="EndsAt">When it ends, or ended.</param>
/// <param name="Left">Whether it is over and nobody has taken it over.</param>
/// <param name="Handover">What was handed over; left out while nothing is.</param>
public sealed record TurnDto(Guid Shift, string Role, string Name, DateTimeOffset EndsAt, bool Left, HandoverDto? Handover);

/// <summary>What was handed over.</summary>
/// <param name="GivenBy">Who handed it over.</param>
/// <param name="GivenAt">When.</param>
/// <param name="Notes">Their words.</param>
/// <param name="Facts">What stood open.</param>
/// <param name="TakenBy">Who took it over; left out while nobody has.</param>
/// <param name="TakenAt">When.</param>
public sealed record HandoverDto(string GivenBy, DateTimeOffset GivenAt, string Notes, HandoverFacts Facts, string? TakenBy, DateTimeOffset? TakenAt)
{
    internal static HandoverDto? Of(Handover? given) =>
        given is null ? null : new HandoverDto(given.GivenByName, given.GivenAt, given.Notes, given.Facts, given.TakenByName, given.TakenAt);
}

/// <summary>Somebody on duty.</summary>
public sealed record OnDutyDto(string Role, string Name, string Phone, DateTimeOffset Until);

/// <summary>A gap.</summary>
public sealed record RotaGapDto(string Role, DateTimeOffset From, DateTimeOffset To);

/// <summary>An overlap.</summary>
public sealed record RotaOverlapDto(string Role, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string> Names);

/// <summary>A shift.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Role"><c>duty-officer</c> or <c>incident-cover</c>.</param>
/// <param name="Name">Who.</param>
/// <param name="Phone">Their telephone number.</param>
/// <param name="From">From when.</param>
/// <param name="To">Until when.</param>
/// <param name="Version">To be given with a change or a removal.</param>
public sealed record ShiftDto(Guid Id, string Role, string Name, string Phone, DateTimeOffset From, DateTimeOffset To, long Version)
{
    internal static ShiftDto Of(DeskRecord<Shift> record) =>
        new(record.Id, record.Body.Role.Id(), record.Body.Name, record.Body.Phone, record.Body.From, record.Body.To, record.Version);
}
