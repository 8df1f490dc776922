using System.ComponentModel;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Api;

/// <summary>Commands on an account itself: approve, connect, retire, contact, labels.</summary>
public static class ManageApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapManage(this IEndpointRouteBuilder api)
    {
        Map(api, "approve", ApproveAsync, "Comms agrees to a requested account.");
        Map(api, "connect", ConnectAsync, "The account's sign-in is in place: from here on the service publishes on it.");
        Map(api, "retire", RetireAsync, "Closes an account for good. What waits on it is taken back; its record stays.");
        Map(api, "contact", ContactAsync, "Names the individual whom Comms can contact about the account, and deputies.");
        Map(api, "labels", LabelsAsync, "Gives the account other labels; refused while that would take it out of a standing hold.");
    }

    private static void Map(IEndpointRouteBuilder api, string verb, Delegate handler, string summary) =>
        api.MapPost("/accounts/{platform}/{handle}/" + verb, handler).RequirePermission(Permission.ManageAccounts).AddEndpointFilter<IdempotencyKey>()
            .WithSummary(summary)
            .Produces<AccountDto>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static Task<IResult> ApproveAsync(
        string platform, string handle, NothingRequest? request, HttpContext context, IAccountDesk desk, CancellationToken cancellationToken) =>
        AnswerAsync(platform, handle, key => desk.ApproveAsync(key, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken));

    private static Task<IResult> ConnectAsync(
        string platform, string handle, NothingRequest? request, HttpContext context, IAccountDesk desk, CancellationToken cancellationToken) =>
        AnswerAsync(platform, handle, key => desk.ConnectAsync(key, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken));

    private static Task<IResult> RetireAsync(
        string platform, string handle, ReasonRequest request, HttpContext context, IAccountDesk desk, CancellationToken cancellationToken) =>
        AnswerAsync(platform, handle, key => desk.RetireAsync(key, request.Reason, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken));

    private static Task<IResult> ContactAsync(
        string platform, string handle, ContactRequest request, HttpContext context, IAccountDesk desk, CancellationToken cancellationToken) =>
        AnswerAsync(platform, handle, key => desk.ChangeContactAsync(key, request.ToContact(), context.User.Actor(), IdempotencyKey.Of(context), cancellationToken));

    private static Task<IResult> LabelsAsync(
        string platform, string handle, LabelsRequest request, HttpContext context, IAccountDesk desk, CancellationToken cancellationToken) =>
        AnswerAsync(platform, handle, key => desk.RelabelAsync(
            key, new LabelWish(key.PlatformId, request.Kind, request.Area, request.Station, request.Department), context.User.Actor(), IdempotencyKey.Of(context), cancellationToken));

    private static async Task<IResult> AnswerAsync(string platform, string handle, Func<AccountKey, Task<AccountAnswer>> ask)
    {
        if (!AccountKey.TryCreate(platform, handle, out var key))
        {
            return Problems.Of(Unknown.Account($"{platform}/{handle}"));
        }

        return await ask(key) switch
        {
            { Refusal: { } why, Faults: { Count: > 0 } faults } => Problems.Of(
                Problems.Status(why.Kind),
                why.Code,
                why.Reason,
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["faults"] = faults.Select(fault => new FieldFaultDto(fault.Field, fault.Words)) }),
            { Refusal: { } why } => Problems.Of(why),
            { Account: { } row } => TypedResults.Ok(AccountDto.Of(row)),
            _ => throw new InvalidOperationException("An account was changed and cannot be found."),
        };
    }
}

/// <summary>A command that needs no words.</summary>
public sealed record NothingRequest;

/// <summary>A named contact.</summary>
public sealed record ContactRequest(
    [property: Description("The individual's full name.")] string? Name,
    [property: Description("E-mail address. This or a telephone number is needed.")] string? Email,
    [property: Description("Telephone number.")] string? Phone,
    [property: Description("Who stands in, in order; at most 10.")] IReadOnlyList<DeputyRequest?>? Deputies)
{
    internal NamedContact ToContact() => new(
        Name ?? "", Email, Phone, [.. (Deputies ?? []).Select(deputy => new NamedContact(deputy?.Name ?? "", deputy?.Email, deputy?.Phone))]);
}

/// <summary>A deputy of a named contact.</summary>
public sealed record DeputyRequest(
    [property: Description("Full name.")] string? Name,
    [property: Description("E-mail address.")] string? Email,
    [property: Description("Telephone number.")] string? Phone);

/// <summary>What holds are matched on; replaces all labels. The platform stays.</summary>
public sealed record LabelsRequest(
    [property: Description("corporate or local.")] string? Kind,
    [property: Description("Area id; left out: the station's.")] string? Area,
    [property: Description("Station id, for an account of a station.")] string? Station,
    [property: Description("Department id, for an account of a department.")] string? Department);

/// <summary>What is wrong with one field of a request.</summary>
/// <param name="Field">The field, such as <c>deputies[0].name</c>.</param>
/// <param name="Words">What is wrong and what is wanted.</param>
public sealed record FieldFaultDto(string Field, string Words);
