using System.ComponentModel;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.Staffing;
using Coordination.Dashboard.Team;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Contacts;
using Coordination.Domain.People;
using Coordination.Storage.Desk;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/contacts</c>: how accounts stand with their named contacts, whom Comms asks, and what they say.</summary>
public static class ContactsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapContacts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/contacts", ListAsync).RequirePermission(Permission.ReadStaff)
            .WithSummary("How every account stands with its contact; ?standing= (missing, ended, declined, unanswered, asked, unconfirmed, confirmed) narrows it.").Produces<ListDto<AccountContactDto>>();
        api.MapGet("/contacts/mine", MineAsync).RequirePermission(Permission.Read)
            .WithSummary("The accounts of which you are asked whether you are their contact.").Produces<ListDto<ContactAskDto>>();
        api.MapPost("/accounts/{platform}/{handle}/contact/ask", AskAsync).RequirePermission(Permission.ManageAccounts)
            .WithSummary("Asks a member of staff whether they are the account's contact. Until they have said yes the former one stays. Repeating it is safe.")
            .Produces<ContactAskDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/accounts/{platform}/{handle}/contact/withdraw", WithdrawAsync).RequirePermission(Permission.ManageAccounts)
            .WithSummary("Takes a question that waits back, for a reason.")
            .Produces<ContactAskDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/accounts/{platform}/{handle}/contact/answer", AnswerAsync).RequirePermission(Permission.Read).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Answers as the one who is asked: yes, or no with a reason. Repeating it is safe.")
            .Produces<ContactAskDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(string? standing, IContactDesk desk, IBoard board, CancellationToken cancellationToken)
    {
        ContactStanding only = default;
        if (standing is not null && !ContactStandings.TryParse(standing, out only))
        {
            return Problems.Of(new Refusal("standing-unknown", $"'standing' is none of: {string.Join(", ", Enum.GetValues<ContactStanding>().Select(s => s.Id()))}."));
        }

        var all = await desk.ListAsync(cancellationToken);
        return TypedResults.Ok(new ListDto<AccountContactDto>(
            [.. all.Where(c => standing is null || c.Standing == only).Select(c => new AccountContactDto(c.Account.Value, c.Standing.Id(), board.Accounts.GetValueOrDefault(c.Account)?.Summary.Contact?.Name, c.StaffId))], null));
    }

    private static async Task<IResult> MineAsync(HttpContext context, IContactDesk desk, CancellationToken cancellationToken)
    {
        var me = context.User.Actor().Id;
        return TypedResults.Ok(new ListDto<ContactAskDto>([.. (await desk.WaitingAsync(cancellationToken)).Where(r => string.Equals(r.Body.StaffId, me, StringComparison.Ordinal)).Select(ContactAskDto.Of)], null));
    }

    private static Task<IResult> AskAsync(string platform, string handle, ContactAskRequest request, HttpContext context, IContactDesk desk, CancellationToken cancellationToken) =>
        DoAsync(platform, handle, key => desk.AskAsync(key, new ContactWish(request.StaffId ?? "", request.Email, request.Phone), request.Reason, context.User.Actor(), cancellationToken));

    private static Task<IResult> WithdrawAsync(string platform, string handle, ReasonRequest request, HttpContext context, IContactDesk desk, CancellationToken cancellationToken) =>
        DoAsync(platform, handle, key => desk.WithdrawAsync(key, request.Reason, context.User.Actor(), cancellationToken));

    private static Task<IResult> AnswerAsync(string platform, string handle, ContactAnswerRequest request, HttpContext context, IContactDesk desk, CancellationToken cancellationToken) =>
        request.Yes is { } yes
            ? DoAsync(platform, handle, key => desk.AnswerAsync(key, yes, request.Reason, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken))
            : Task.FromResult(Problems.Of(new Refusal("answer-missing", "'yes' is missing. Nothing was changed. Say true, or false with a reason.")));

    private static async Task<IResult> DoAsync(string platform, string handle, Func<AccountKey, Task<DeskAnswer<ContactAsk>>> ask) =>
        !AccountKey.TryCreate(platform, handle, out var key) ? Problems.Of(Unknown.Account($"{platform}/{handle}"))
        : await ask(key) switch
        {
            { Record: { } record } => TypedResults.Ok(ContactAskDto.Of(record)),
            { Refusal: { } why } => Problems.Of(why),
            _ => throw new InvalidOperationException("Neither a question nor a refusal."),
        };
}

/// <summary>Whom to ask.</summary>
public sealed record ContactAskRequest(
    [property: Description("Staff id of who would be the contact.")] string? StaffId,
    [property: Description("E-mail address. This or a telephone number is needed.")] string? Email,
    [property: Description("Telephone number.")] string? Phone,
    [property: Description("Why; stands in the journal.")] string? Reason);

/// <summary>An answer.</summary>
public sealed record ContactAnswerRequest(
    [property: Description("Whether you are the contact.")] bool? Yes,
    [property: Description("Why not; needed for a no.")] string? Reason);

/// <summary>How an account stands with its contact.</summary>
/// <param name="Account">Its key.</param>
/// <param name="Standing"><c>missing</c>, <c>ended</c>, <c>declined</c>, <c>unanswered</c>, <c>asked</c>, <c>unconfirmed</c> or <c>confirmed</c>.</param>
/// <param name="Contact">Name of the contact on record.</param>
/// <param name="AskedStaffId">Who was asked last.</param>
public sealed record AccountContactDto(string Account, string Standing, string? Contact, string? AskedStaffId);

/// <summary>A question about a contact.</summary>
/// <param name="Account">The account.</param>
/// <param name="StaffId">Who is asked.</param>
/// <param name="Name">Their name.</param>
/// <param name="AskedByName">Who asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Answer"><c>waiting</c>, <c>confirmed</c>, <c>declined</c> or <c>withdrawn</c>.</param>
/// <param name="AnsweredAt">When it was answered or taken back.</param>
public sealed record ContactAskDto(string Account, string StaffId, string Name, string AskedByName, DateTimeOffset AskedAt, ContactAnswer Answer, DateTimeOffset? AnsweredAt)
{
    internal static ContactAskDto Of(DeskRecord<ContactAsk> record) => new(
        record.Body.Account.Value, record.Body.StaffId, record.Body.Contact.Name, record.Body.AskedByName, record.Body.AskedAt, record.Body.Answer, record.Body.AnsweredAt);
}
