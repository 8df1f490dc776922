using System.ComponentModel;
using System.Text.Json.Serialization;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.Team;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Requests;
using Coordination.Storage.Desk;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/requests</c>: accounts to create, rename or close, asked for and decided.</summary>
public static class RequestsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapRequests(this IEndpointRouteBuilder api)
    {
        api.MapGet("/requests", ListAsync).RequirePermission(Permission.Read)
            .WithSummary("Requests about accounts, changed last first, at most 1000; ?open=true or false narrows it.").Produces<ListDto<AccountRequestDto>>();
        api.MapPost("/requests", AskAsync).RequirePermission(Permission.PublishLocal, Permission.ManageAccounts).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Asks Comms to create, rename or close an account of the brigade.")
            .Produces<AccountRequestDto>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/requests/{id}/approve", ApproveAsync).RequirePermission(Permission.ManageAccounts).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Agrees to a request of somebody else and carries it out; 'next' says what is left for people.")
            .Produces<AccountRequestDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/requests/{id}/decline", DeclineAsync).RequirePermission(Permission.ManageAccounts).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Declines a request of somebody else, for a reason.")
            .Produces<AccountRequestDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(string? open, IRequestDesk desk, CancellationToken cancellationToken)
    {
        bool? only = null;
        if (open is not null)
        {
            if (!bool.TryParse(open, out var parsed))
            {
                return Problems.Of(new Refusal("filter-unknown", "'open' can be true or false."));
            }

            only = parsed;
        }

        return TypedResults.Ok(new ListDto<AccountRequestDto>([.. (await desk.ListAsync(only, cancellationToken)).Select(r => AccountRequestDto.Of(r, null))], null));
    }

    private static async Task<IResult> AskAsync(NewAccountRequest request, HttpContext context, IRequestDesk desk, CancellationToken cancellationToken)
    {
        if (!RequestKinds.TryParse(request.Kind, out var kind))
        {
            return Problems.Of(new Refusal("kind-unknown", "'kind' is none of create, rename and close. Nothing was asked for."));
        }

        if (!AccountKey.TryParse(request.Account, out var account))
        {
            return Problems.Of(Unknown.Account(request.Account ?? "") with { Code = "account-invalid", Kind = RefusalKind.Invalid, Reason = "'account' is no account key. Nothing was asked for. It looks like x/demo_wmfs_aston: platform and handle." });
        }

        var wish = new RequestWish(
            kind, account, request.Owner, request.Why, request.NewHandle, request.Labels is { } l ? new LabelWish(account.PlatformId, l.Kind, l.Area, l.Station, l.Department) : null,
            request.DisplayName, request.Contact?.ToContact());
        return Answer(await desk.AskAsync(wish, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken), created: true);
    }

    private static async Task<IResult> ApproveAsync(string id, ReasonRequest? request, HttpContext context, IRequestDesk desk, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var of) ? Answer(await desk.ApproveAsync(of, request?.Reason, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken)) : Problems.Of(NoRequest);

    private static async Task<IResult> DeclineAsync(string id, ReasonRequest request, HttpContext context, IRequestDesk desk, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var of) ? Answer(await desk.DeclineAsync(of, request.Reason, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken)) : Problems.Of(NoRequest);

    private static IResult Answer(RequestAnswer answer, bool created = false) => answer switch
    {
        { Refusal: { } why, Faults.Count: > 0 } => Problems.Of(
            Problems.Status(why.Kind),
            why.Code,
            why.Reason,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["faults"] = answer.Faults.Select(fault => new FieldFaultDto(fault.Field, fault.Words)) }),
        { Refusal: { } why } => Problems.Of(why),
        { Record: { } record } when created => TypedResults.Created($"/api/requests/{record.Id:D}", AccountRequestDto.Of(record, null)),
        { Record: { } record } => TypedResults.Ok(AccountRequestDto.Of(record, answer.Next)),
        _ => throw new InvalidOperationException("Neither a request nor a refusal."),
    };

    private static Refusal NoRequest => new("request-unknown", "There is no such request. Nothing was changed. GET /api/requests lists them.", RefusalKind.NotFound);
}

/// <summary>An account to ask for.</summary>
public sealed record NewAccountRequest(
    [property: Description("create, rename or close.")] string? Kind,
    [property: Description("The account's key; of one to create, the key that it would have.")] string? Account,
    [property: Description("Who owns the account: brigade. 'person' is refused: personal accounts are not registered.")] string? Owner,
    [property: Description("What a new account is for, or why; at most 1000 characters.")] string? Why,
    [property: Description("For rename: the other handle.")] string? NewHandle = null,
    [property: Description("For create: where the account belongs.")] LabelsRequest? Labels = null,
    [property: Description("For create: the account's name.")] string? DisplayName = null,
    [property: Description("For create: the individual whom Comms can contact.")] ContactRequest? Contact = null);

/// <summary>A request about an account.</summary>
public sealed record AccountRequestDto
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary><c>create</c>, <c>rename</c> or <c>close</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The account's key.</summary>
    public required string Account { get; init; }

    /// <summary>The key with the other handle.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NewAccount { get; init; }

    /// <summary>A new account's name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DisplayName { get; init; }

    /// <summary>What it is for, or why.</summary>
    public required string Why { get; init; }

    /// <summary>Staff id of who asked.</summary>
    public required string AskedBy { get; init; }

    /// <summary>Their name.</summary>
    public required string AskedByName { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary><c>open</c>, <c>approved</c> or <c>declined</c>.</summary>
    public required string State { get; init; }

    /// <summary>Name of who decided.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DecidedByName { get; init; }

    /// <summary>When it was decided.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>What Comms said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Answer { get; init; }

    /// <summary>What is left for people to do; in the answer to an approval.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Next { get; init; }

    /// <summary>Makes it.</summary>
    public static AccountRequestDto Of(DeskRecord<AccountRequest> record, string? next) => new()
    {
        Id = record.Id,
        Kind = record.Body.Kind.Id(),
        Account = record.Body.Account.Value,
        NewAccount = record.Body.NewAccount?.Value,
        DisplayName = record.Body.DisplayName,
        Why = record.Body.Why,
        AskedBy = record.Body.AskedBy,
        AskedByName = record.Body.AskedByName,
        AskedAt = record.Body.AskedAt,
        State = record.Body.Open ? "open" : record.Body.Approved == true ? "approved" : "declined",
        DecidedByName = record.Body.DecidedByName,
        DecidedAt = record.Body.DecidedAt,
        Answer = record.Body.Answer,
        Next = next,
    };
}
