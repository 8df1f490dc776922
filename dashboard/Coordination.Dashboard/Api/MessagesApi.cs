using System.Text.Json.Serialization;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Incidents;
using Coordination.Dashboard.Live;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Storage.ReadModel;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/messages</c>: one text on many accounts.</summary>
public static class MessagesApi
{
    // Five hundred accounts, a bounded number at a time, and the slow ones once more.
    private static readonly RequestTimeoutPolicy Patience = new() { Timeout = PostDesk.Patience, TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable };

    /// <summary>Maps the routes.</summary>
    public static void MapMessages(this IEndpointRouteBuilder api)
    {
        api.MapPost("/messages", SendAsync).RequirePermission(Permission.PublishLocal, Permission.PublishCorporate).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Schedules one text on many accounts. Each account answers for itself.")
            .Produces<MessageDto>(StatusCodes.Status201Created).WithRequestTimeout(Patience);
        api.MapGet("/messages/{id}", FindAsync).RequirePermission(Permission.Read)
            .WithSummary("A message's posts by account, each with what became of it, and how many stand how.").Produces<MessageStandingDto>();
        api.MapPost("/messages/{id}/retry", RetryAsync).RequirePermission(Permission.PublishLocal, Permission.PublishCorporate).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Sends again what failed of a message, and touches nothing else of it. Each account answers for itself.").Produces<MessageDto>().WithRequestTimeout(Patience);
    }

    private static async Task<IResult> FindAsync(string id, IPostReader posts, IBoard board, CancellationToken cancellationToken) =>
        Guid.TryParseExact(id, "D", out var message) && await posts.OfMessageAsync(message, PostDesk.MostAccounts, cancellationToken) is { Count: > 0 } rows
            ? TypedResults.Ok(new MessageStandingDto(
                message,
                rows.GroupBy(r => r.State, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
                [.. rows.Select(r => PostDto.Of(board.Forecast(r)))]))
            : Problems.Of(Unknown.Message(id));

    private static async Task<IResult> RetryAsync(string id, HttpContext context, IPostDesk desk, CancellationToken cancellationToken) =>
        Guid.TryParseExact(id, "D", out var message)
        && await desk.RetryMessageAsync(message, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken) is { } answer
            ? TypedResults.Ok(new MessageDto(answer.MessageId, [.. answer.Parts.Select(MessagePartDto.Of)]))
            : Problems.Of(Unknown.Message(id));

    private static async Task<IResult> SendAsync(NewMessageRequest request, HttpContext context, IPostDesk desk, LineDesk lines, CancellationToken cancellationToken)
    {
        var both = SlotsApi.Read(request.Slot, request.DueAt, out var inSlot);
        if ((Check(request, out var keys, out var dueAt) ?? both) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        if (AboutInput.Read(request, out var about) is { } unfit)
        {
            return Problems.Of(unfit);
        }

        if (VariantsInput.Read(request.Variants, out var variants) is { } strange)
        {
            return Problems.Of(strange);
        }

        var (line, notOne) = await LineAsync(request, lines, cancellationToken);
        if (notOne is not null)
        {
            return Problems.Of(notOne);
        }

        var words = new PostWords(request.Text ?? "", dueAt, PostsApi.Tolerance(request.ToleranceSeconds), about, variants, inSlot) { LineOf = line };
        var answer = await desk.SendMessageAsync(words, keys, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken);
        var message = new MessageDto(answer.MessageId, [.. answer.Parts.Select(MessagePartDto.Of)]);
        return answer.Parts.Any(part => part.Refusal is null) ? TypedResults.Created((string?)null, message) : NoneTaken(answer, message);
    }

    private static async Task<LineHold> LineAsync(NewMessageRequest request, LineDesk lines, CancellationToken cancellationToken) => request switch
    {
        { Takeover: not null, Hold: not null } => new LineHold(null, new Refusal("line-twice", "A message is the line of a 'takeover' or of a 'hold': name one of them. Nothing was sent.")),
        { Takeover: { } takeover } => await lines.OfTakeoverAsync(takeover, cancellationToken),
        _ => new LineHold(request.Hold, null),
    };

    private static Refusal? Check(NewMessageRequest request, out List<AccountKey> keys, out DateTimeOffset? dueAt)
    {
        keys = [];
        if (InputTime.Read(request.DueAt, "dueAt", out dueAt) is { } refusal)
        {
            return refusal;
        }

        if (request.Accounts is null or { Count: 0 })
        {
            return new Refusal("accounts-missing", "The message names no accounts. Nothing was scheduled. 'accounts' is a list of account keys.");
        }

        if (request.Accounts.Count > PostDesk.MostAccounts)
        {
            return new Refusal("accounts-too-many", $"The message names {request.Accounts.Count} accounts; {PostDesk.MostAccounts} fit. Nothing was scheduled.");
        }

        foreach (var text in request.Accounts)
        {
            if (!AccountKey.TryParse(text, out var key))
            {
                return Unknown.Account(text ?? "null") with { Kind = RefusalKind.Invalid };
            }

            keys.Add(key);
        }

        return null;
    }

    private static IResult NoneTaken(MessageAnswer answer, MessageDto message)
    {
        var kinds = answer.Parts.Select(part => part.Refusal!.Kind).Distinct().ToArray();
        var codes = answer.Parts.Select(part => part.Refusal!.Code).Distinct(StringComparer.Ordinal).ToArray();
        return Problems.Of(
            Problems.Status(kinds is [var only] ? only : RefusalKind.Invalid),
            codes is [var code] ? code : "message-refused",
            answer.Parts is [var single] ? single.Refusal!.Reason : $"None of the {answer.Parts.Count} accounts took the message. The first: {answer.Parts[0].Refusal!.Reason}",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["messageId"] = message.MessageId, ["posts"] = message.Posts });
    }
}

/// <summary>What became of a message.</summary>
public sealed record MessageDto(Guid MessageId, IReadOnlyList<MessagePartDto> Posts);

/// <summary>How a message stands.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="States">How many of its posts are in each state that one of them is in.</param>
/// <param name="Posts">Its posts, by account.</param>
public sealed record MessageStandingDto(Guid MessageId, IReadOnlyDictionary<string, int> States, IReadOnlyList<PostDto> Posts);

/// <summary>What became of a message on one account: a post, or why there is none.</summary>
public sealed record MessagePartDto(
    string Account,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PostDto? Post,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RefusalDto? Refusal)
{
    /// <summary>Makes it.</summary>
    public static MessagePartDto Of(MessagePart part) => new(
        part.Account,
        part.Post is null ? null : PostDto.Of(part.Post),
        part.Refusal is null ? null : new RefusalDto(part.Refusal.Code, part.Refusal.Reason));
}

/// <summary>Why something was refused.</summary>
public sealed record RefusalDto(string Code, string Detail);
