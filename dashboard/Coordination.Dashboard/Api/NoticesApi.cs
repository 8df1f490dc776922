using System.Text.Json.Serialization;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Notices;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.Notices;
using Coordination.Domain.People;
using Coordination.Storage.Notices;
using Coordination.Storage.ReadModel;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/holds/{id}/notices</c>: who was told of a hold.</summary>
public static class NoticesApi
{
    /// <summary>Maps the route.</summary>
    public static void MapNotices(this IEndpointRouteBuilder api) =>
        api.MapGet("/holds/{id}/notices", ListAsync).RequirePermission(Permission.ReadIncidents)
            .WithSummary("Who was told of a hold by e-mail, when it was placed and when it was lifted: each contact and deputy by name, with where their message is; and the systems that are told by webhook.")
            .Produces<NoticesDto>().ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> ListAsync(
        string id, IHoldReader holds, INoticeReader notices, IWebhookReader messages, Webhooks webhooks, IOptions<MailOptions> mail, CancellationToken cancellationToken) =>
        await holds.FindAsync(id, cancellationToken) is null
            ? Problems.Of(Unknown.Hold(id))
            : TypedResults.Ok(new NoticesDto(
                mail.Value.IsOn,
                [.. (await notices.OfHoldAsync(id, cancellationToken)).Select(NoticeRoundDto.Of)],
                [.. (await messages.OfHoldAsync(id, cancellationToken)).Select(m => WebhookMessageDto.Of(m, webhooks.NameOf(m.Webhook)))]));
}

/// <summary>Who was told of a hold.</summary>
/// <param name="On">Whether this host has a mail server: without one nobody is told by e-mail.</param>
/// <param name="Items">That it was placed, then that it was lifted; empty when nobody was told of either.</param>
/// <param name="Webhooks">The systems that are told by webhook: that it was placed, then that it was lifted; empty when none was told of either.</param>
public sealed record NoticesDto(bool On, IReadOnlyList<NoticeRoundDto> Items, IReadOnlyList<WebhookMessageDto> Webhooks);

/// <summary>Who was told of one thing that happened to a hold.</summary>
/// <param name="Kind"><c>placed</c> or <c>lifted</c>.</param>
/// <param name="QueuedAt">When the messages were made.</param>
/// <param name="Total">People whom it concerns.</param>
/// <param name="Sent">Whose message the mail server took.</param>
/// <param name="Waiting">Whose message waits to be sent, or to be sent again.</param>
/// <param name="NotSent">Whose message was refused for good, or given up.</param>
/// <param name="Overtaken">Whose message was not needed any more, because the hold was lifted first.</param>
/// <param name="NotReachable">Of whom no e-mail address is recorded.</param>
/// <param name="Beyond">People who are not among them, because only so many are told.</param>
/// <param name="People">Who, those first of whom somebody should think; the first 200.</param>
public sealed record NoticeRoundDto(
    NoticeKind Kind, DateTimeOffset QueuedAt, int Total, int Sent, int Waiting, int NotSent, int Overtaken, int NotReachable, int Beyond, IReadOnlyList<NoticePersonDto> People)
{
    /// <summary>Makes it.</summary>
    public static NoticeRoundDto Of(ToldRound round) => new(
        round.Kind,
        round.QueuedAt,
        round.Total,
        round.Count(NoticeState.Sent),
        round.Count(NoticeState.Queued),
        round.Count(NoticeState.Failed, NoticeState.GaveUp),
        round.Count(NoticeState.Overtaken),
        round.Count(NoticeState.NoAddress),
        round.Beyond,
        [.. round.People.Select(p => new NoticePersonDto(p.Name, p.State, p.Attempts, p.SentAt, p.NextAt, p.Why))]);
}

/// <summary>One person, and where the message to them is.</summary>
/// <param name="Name">Who.</param>
/// <param name="State">One of <c>queued sent failed gave-up overtaken no-address</c>.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="SentAt">When the mail server took it.</param>
/// <param name="NextAt">When it is tried next.</param>
/// <param name="Why">Why the last attempt did not go.</param>
public sealed record NoticePersonDto(
    string Name,
    NoticeState State,
    int Attempts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? SentAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? NextAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Why);

/// <summary>One message to a webhook, and where it is.</summary>
/// <param name="Webhook">The webhook's id in the settings.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Kind"><c>placed</c> or <c>lifted</c>.</param>
/// <param name="State">One of <c>queued sent gave-up overtaken gone</c>; gone: the receiver said 410, and nothing is sent to that address any more.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="SentAt">When the receiver took it.</param>
/// <param name="NextAt">When it is tried next.</param>
/// <param name="Why">Why the last attempt did not go.</param>
public sealed record WebhookMessageDto(
    string Webhook,
    string Name,
    NoticeKind Kind,
    WebhookState State,
    int Attempts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? SentAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? NextAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Why)
{
    /// <summary>Makes it.</summary>
    public static WebhookMessageDto Of(WebhookRow row, string name) => new(row.Webhook, name, row.Kind, row.State, row.Attempts, row.SentAt, row.NextAt, row.Why);
}
