using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.Staffing;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Storage.People;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/staff/{id}/deputies</c>: who stands in for whom.</summary>
public static class DeputiesApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapDeputies(this IEndpointRouteBuilder api)
    {
        api.MapGet("/staff/{id}/deputies", ListAsync).RequirePermission(Permission.ReadStaff)
            .WithSummary("Who stands in, or stood in, for an account holder, and for whom they do; the latest first.").Produces<ListDto<DeputisingDto>>();
        api.MapPost("/staff/{id}/deputies", NameAsync).RequirePermission(Permission.ManageStaff).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Has another account holder stand in for this one, on the same accounts, until a day. Repeating the same request is safe.")
            .Produces<DeputisingDto>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/staff/{id}/deputies/{deputising:guid}/end", EndAsync).RequirePermission(Permission.ManageStaff)
            .WithSummary("Ends it before its time. What the deputy planned stays. Repeating the same request is safe.")
            .Produces<DeputisingDto>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(string id, HttpContext context, IDeputyDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ListDto<DeputisingDto>([.. (await desk.ListAsync(id, context.User.Actor(), cancellationToken) ?? []).Select(DeputisingDto.Of)], null));

    private static async Task<IResult> NameAsync(string id, DeputisingRequest request, HttpContext context, IDeputyDesk desk, CancellationToken cancellationToken)
    {
        if (!StaffApi.TryDay(request.FirstDay, out var first) || !StaffApi.TryDay(request.LastDay, out var last))
        {
            return Problems.Of(new Refusal("day-not-understood", "'firstDay' or 'lastDay' is no day. Nothing was changed. Write it like 2026-03-31."));
        }

        var wish = new DeputyWish(id, request.Deputy ?? "", first, last, request.Reason);
        return await desk.NameAsync(IdempotencyKey.Of(context), wish, context.User.Actor(), cancellationToken) switch
        {
            { Deputising: { } made } => TypedResults.Created((string?)null, DeputisingDto.Of(made)),
            var answer => Problems.Of(answer.Refusal!),
        };
    }

    private static async Task<IResult> EndAsync(string id, Guid deputising, EndDeputisingRequest request, HttpContext context, IDeputyDesk desk, CancellationToken cancellationToken) =>
        await desk.EndAsync(deputising, request.Reason, context.User.Actor(), cancellationToken) switch
        {
            { Deputising: { } ended } => TypedResults.Ok(DeputisingDto.Of(ended)),
            var answer => Problems.Of(answer.Refusal!),
        };
}

/// <summary>Who stands in.</summary>
public sealed record DeputisingRequest(
    [property: Description("Staff id of the account holder who stands in.")] string? Deputy,
    [property: Description("The first day, like 2026-03-01; left out for from now on.")] string? FirstDay,
    [property: Description("The last day, like 2026-03-31; at most 92 days.")] string? LastDay,
    [property: Description("Why; stands in the journal.")] string? Reason);

/// <summary>Why it ends before its time.</summary>
public sealed record EndDeputisingRequest([property: Description("Why; stands in the journal.")] string? Reason);

/// <summary>One account holder who stands in for another.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Holder">Whose accounts; staff id.</param>
/// <param name="HolderName">Their name.</param>
/// <param name="Deputy">Who publishes on them; staff id.</param>
/// <param name="DeputyName">Their name.</param>
/// <param name="FirstDay">The first day.</param>
/// <param name="LastDay">The last day.</param>
/// <param name="State"><c>current</c>, <c>coming</c>, <c>resting</c> (one of the two is not let in now), <c>over</c> or <c>ended</c> (by somebody, before its time).</param>
/// <param name="Reason">Why.</param>
/// <param name="MadeBy">Name of who said so.</param>
/// <param name="EndedAt">When it was ended before its time; left out when it was not.</param>
/// <param name="EndedBy">Name of who ended it.</param>
public sealed record DeputisingDto(
    Guid Id, string Holder, string HolderName, string Deputy, string DeputyName, string FirstDay, string LastDay, string State, string Reason, string MadeBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? EndedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? EndedBy)
{
    internal static DeputisingDto Of(Deputising d) => new(
        d.Id, d.HolderId, d.HolderName, d.DeputyId, d.DeputyName, Day(StaffTerm.FirstDay(d.StartsAt)!.Value), Day(StaffTerm.LastDay(d.EndsAt)!.Value),
        d.State.ToString().ToLowerInvariant(), d.Reason, d.MadeBy, d.EndedAt, d.EndedBy);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
