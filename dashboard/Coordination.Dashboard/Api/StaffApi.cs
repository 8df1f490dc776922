using System.ComponentModel;
using System.Globalization;
using Coordination.Dashboard.Live;
using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.Staffing;
using Coordination.Domain;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.People;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/staff</c>: the staff directory.</summary>
public static class StaffApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapStaff(this IEndpointRouteBuilder api)
    {
        api.MapGet("/staff", ListAsync).RequirePermission(Permission.ReadStaff)
            .WithSummary("The staff directory, by name. ?q= a part of a name or id, ?role=, ?state= (active, starts, ended, lapsed, inactive) and ?station= (who may publish there as account holder) narrow it.").Produces<ListDto<StaffDto>>();
        api.MapGet("/staff/{id}", FindAsync).RequirePermission(Permission.ReadStaff)
            .WithSummary("One person of the directory.").Produces<StaffDto>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPut("/staff/{id}", SaveAsync).RequirePermission(Permission.ManageStaff)
            .WithSummary("Adds a person under an id of your choice; with the 'version' that was read, changes them. Nobody changes their own entry. Repeating the same request is safe.")
            .Produces<StaffDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/staff/{id}/identities", (string id, IdentityRequest request, HttpContext context, IStaffDesk desk, CancellationToken cancellationToken) =>
                IdentifyAsync(id, request, linked: true, context, desk, cancellationToken)).RequirePermission(Permission.ManageStaff)
            .WithSummary("Says who somebody is at the provider that signs people in. Repeating the same request is safe.")
            .Produces<StaffDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/staff/{id}/identities/remove", (string id, IdentityRequest request, HttpContext context, IStaffDesk desk, CancellationToken cancellationToken) =>
                IdentifyAsync(id, request, linked: false, context, desk, cancellationToken)).RequirePermission(Permission.ManageStaff)
            .WithSummary("Takes that back: they cannot sign in anew as this person. A sign-in that is open lasts on; to end it, end the person's access.")
            .Produces<StaffDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(string? q, string? role, string? state, string? station, IStaffDesk desk, IBoard board, CancellationToken cancellationToken)
    {
        Role? asRole = null;
        if (role is not null)
        {
            if (!Roles.TryParse(role, out var parsed))
            {
                return Problems.Of(UnknownRole());
            }

            asRole = parsed;
        }

        StaffState? inState = null;
        if (state is not null)
        {
            if (!StaffStates.TryParse(state, out var parsed))
            {
                return Problems.Of(new Refusal("state-unknown", $"'state' is none of: {string.Join(", ", StaffStates.All.Select(s => s.Id()))}."));
            }

            inState = parsed;
        }

        var found = new StaffFilter(q, asRole, inState, station).Of(await desk.ListAsync(cancellationToken), board.Accounts.Values);
        return TypedResults.Ok(new ListDto<StaffDto>([.. found.Select(StaffDto.Of)], null));
    }

    private static async Task<IResult> FindAsync(string id, IStaffDesk desk, CancellationToken cancellationToken) =>
        await desk.FindAsync(id, cancellationToken) is { } record
            ? TypedResults.Ok(StaffDto.Of(record))
            : Problems.Of(new Refusal("staff-unknown", "There is nobody with that id in the directory. GET /api/staff lists all.", RefusalKind.NotFound));

    private static async Task<IResult> SaveAsync(string id, StaffRequest request, HttpContext context, IStaffDesk desk, CancellationToken cancellationToken)
    {
        if (!Roles.TryParse(request.Role, out var role))
        {
            return Problems.Of(UnknownRole());
        }

        if (!TryDay(request.FirstDay, out var first) || !TryDay(request.LastDay, out var last))
        {
            return Problems.Of(new Refusal("day-not-understood", "'firstDay' or 'lastDay' is no day. Nothing was changed. Write it like 2026-03-31."));
        }

        var wish = new StaffEntry
        {
            Name = request.Name ?? "", Role = role, PublishesOn = request.PublishesOn, Active = request.Active ?? true, StartsAt = StaffTerm.Start(first), EndsAt = StaffTerm.End(last),
        };
        return Answer(await desk.SaveAsync(id, wish, request.Version, request.Reason, context.User.Actor(), cancellationToken));
    }

    private static async Task<IResult> IdentifyAsync(string id, IdentityRequest request, bool linked, HttpContext context, IStaffDesk desk, CancellationToken cancellationToken) =>
        Answer(await desk.IdentifyAsync(id, new ExternalIdentity(request.Issuer ?? "", request.Subject ?? ""), linked, request.Reason, context.User.Actor(), cancellationToken));

    private static IResult Answer(StaffDeskAnswer answer) => answer switch
    {
        { Record: { } record } => TypedResults.Ok(StaffDto.Of(record)),
        { Refusal: { } why } => Problems.Of(why),
        _ => throw new InvalidOperationException("Neither a person nor a refusal."),
    };

    internal static bool TryDay(string? text, out DateOnly? day)
    {
        day = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed : null;
        return string.IsNullOrEmpty(text) || (day is { } known && known < DateOnly.MaxValue && known > DateOnly.MinValue);
    }

    private static Refusal UnknownRole() => new("role-unknown", $"'role' is none of: {string.Join(", ", Roles.People.Select(r => r.Id()))}. Nothing was changed.");
}

/// <summary>A person as they should be.</summary>
public sealed record StaffRequest(
    [property: Description("Full name.")] string? Name,
    [property: Description("A role's id.")] string? Role,
    [property: Description("For an account holder: the local accounts. Left out for none.")] Scope? PublishesOn,
    [property: Description("False ends their access now, in open pages and connections too. True when left out.")] bool? Active,
    [property: Description("The first day, like 2026-03-01; left out for from now on.")] string? FirstDay,
    [property: Description("The last day, like 2026-03-31; their access ends by itself when it is over. Left out for no end.")] string? LastDay,
    [property: Description("Why; stands in the journal.")] string? Reason,
    [property: Description("The 'version' that was read. Left out for somebody new.")] long? Version = null);

/// <summary>Who somebody is at the provider.</summary>
public sealed record IdentityRequest(
    [property: Description("The provider's name for itself.")] string? Issuer,
    [property: Description("What it calls the person for good; at Entra ID the Object ID.")] string? Subject,
    [property: Description("Why; stands in the journal.")] string? Reason);

/// <summary>A person of the directory.</summary>
/// <param name="Id">Staff id.</param>
/// <param name="Name">Full name.</param>
/// <param name="Role">Their role's id.</param>
/// <param name="PublishesOn">For an account holder: the accounts.</param>
/// <param name="State"><c>active</c>, <c>starts</c>, <c>ended</c>, <c>lapsed</c> or <c>inactive</c>.</param>
/// <param name="Active">False once their access was ended.</param>
/// <param name="FirstDay">Their first day.</param>
/// <param name="LastDay">Their last day.</param>
/// <param name="Identities">Who they are at providers.</param>
/// <param name="Version">To be given with a change.</param>
public sealed record StaffDto(
    string Id, string Name, string Role, Scope? PublishesOn, string State, bool Active, string? FirstDay, string? LastDay, IReadOnlyList<IdentityDto> Identities, long Version)
{
    internal static StaffDto Of(StaffRecord record) => new(
        record.Id, record.Entry.Name, record.Entry.Role.Id(), record.Entry.PublishesOn, record.State.Id(), record.Entry.Active,
        Day(StaffTerm.FirstDay(record.Entry.StartsAt)), Day(StaffTerm.LastDay(record.Entry.EndsAt)), [.. record.Identities.Select(i => new IdentityDto(i.Issuer, i.Subject))], record.Version);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Who somebody is at a provider.</summary>
public sealed record IdentityDto(string Issuer, string Subject);
