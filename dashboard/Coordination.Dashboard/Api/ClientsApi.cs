using System.Text.Json.Serialization;
using Coordination.Dashboard.Clients;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.Clients;
using Coordination.Domain.People;
using Coordination.Storage.People;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/clients</c>: programs that act for somebody, and their tokens.</summary>
public static class ClientsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapClients(this IEndpointRouteBuilder api)
    {
        api.MapGet("/clients", ListAsync).RequirePermission(Permission.Read)
            .WithSummary("The API clients: all, for who manages them; else those that you answer for.").Produces<ListDto<ClientDto>>();
        api.MapPost("/clients", MakeAsync).RequirePermission(Permission.ManageClients).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Makes a client. If you answer for it yourself, with its first token, which is shown in this answer and never again. Not by a token.")
            .Produces<MadeTokenDto>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/clients/{id}/tokens", AddAsync).RequirePermission(Permission.Read).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Makes a token of a client that you answer for, which is shown in this answer and never again; others go on. Not by a token.")
            .Produces<MadeTokenDto>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/clients/{id}/tokens/{token}/revoke", RevokeAsync).RequirePermission(Permission.Read)
            .WithSummary("Revokes a token: it is refused within seconds, and what it has open is cut. By who manages the clients, or answers for this one.")
            .Produces<ClientDto>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/clients/{id}/end", EndAsync).RequirePermission(Permission.Read)
            .WithSummary("Ends a client for good, with all its tokens. By who manages the clients, or answers for this one.")
            .Produces<ClientDto>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IClientDesk desk, TimeProvider time, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ListDto<ClientDto>([.. (await desk.AllAsync(context.User.Actor(), cancellationToken)).Select(c => ClientDto.Of(c, time.GetUtcNow()))], null));

    private static async Task<IResult> MakeAsync(ClientRequest request, HttpContext context, IClientDesk desk, TimeProvider time, CancellationToken cancellationToken)
    {
        if ((request.Permissions ?? []).FirstOrDefault(id => !PermissionIds.TryParse(id, out _)) is { } strange)
        {
            return Problems.Of(new Refusal("permission-unknown", $"'{StorableId(strange)}' is no permission. Nothing was made. GET /api/permissions lists them."));
        }

        var wish = new ClientWish(
            request.Name ?? "", request.Owner ?? "", PermissionIds.Known(request.Permissions ?? []), request.Days ?? ClientRules.UsualLife, request.Reason ?? "");
        return Shown(await desk.MakeAsync(IdempotencyKey.Of(context), wish, context.User.Actor(), context.User.TokenId() is not null, cancellationToken), context, time);
    }

    private static async Task<IResult> AddAsync(string id, TokenRequest request, HttpContext context, IClientDesk desk, TimeProvider time, CancellationToken cancellationToken) => Shown(
        await desk.AddTokenAsync(
            Id(id), IdempotencyKey.Of(context), request.Days ?? ClientRules.UsualLife, request.Reason, context.User.Actor(), context.User.TokenId() is not null, cancellationToken),
        context,
        time);

    private static async Task<IResult> RevokeAsync(
        string id, string token, StopRequest request, HttpContext context, IClientDesk desk, TimeProvider time, CancellationToken cancellationToken) =>
        Changed(await desk.RevokeAsync(Id(id), Id(token), request.Reason, context.User.Actor(), cancellationToken), time);

    private static async Task<IResult> EndAsync(string id, StopRequest request, HttpContext context, IClientDesk desk, TimeProvider time, CancellationToken cancellationToken) =>
        Changed(await desk.EndAsync(Id(id), request.Reason, context.User.Actor(), cancellationToken), time);

    private static IResult Shown(ClientAnswer answer, HttpContext context, TimeProvider time)
    {
        if (answer is not { Refusal: null, Client: { } client })
        {
            return Problems.Of(answer.Refusal!);
        }

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created((string?)null, new MadeTokenDto(answer.Token, ClientDto.Of(client, time.GetUtcNow())));
    }

    private static IResult Changed(ClientAnswer answer, TimeProvider time) =>
        answer is { Refusal: null, Client: { } client } ? TypedResults.Ok(ClientDto.Of(client, time.GetUtcNow())) : Problems.Of(answer.Refusal!);

    // What is no id is nobody's.
    private static Guid Id(string text) => Guid.TryParse(text, out var id) ? id : Guid.Empty;

    private static string StorableId(string? text) => Domain.Posts.StorableText.Clean(text ?? "", 60);
}

/// <summary>A client to be made.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Owner">Staff id of who answers for it.</param>
/// <param name="Permissions">What it may do, of what its owner may: ids as in <c>/api/permissions</c>.</param>
/// <param name="Days">For how many days its token lasts: 1 to 400; 90 when left out.</param>
/// <param name="Reason">What it is for; stands in the journal.</param>
public sealed record ClientRequest(string? Name, string? Owner, IReadOnlyList<string>? Permissions, int? Days, string? Reason);

/// <summary>One more token.</summary>
/// <param name="Days">For how many days it lasts: 1 to 400; 90 when left out.</param>
/// <param name="Reason">Why; stands in the journal.</param>
public sealed record TokenRequest(int? Days, string? Reason);

/// <summary>Revokes or ends.</summary>
/// <param name="Reason">Why; stands in the journal.</param>
public sealed record StopRequest(string? Reason);

/// <summary>A token that was made.</summary>
/// <param name="Token">The token. It is shown this once; left out where another answers for the client, who makes it.</param>
/// <param name="Client">Its client.</param>
public sealed record MadeTokenDto([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token, ClientDto Client);

/// <summary>An API client.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Owner">Staff id of who answers for it.</param>
/// <param name="OwnerName">Their name.</param>
/// <param name="OwnPerson">Whether it is a person's own token, which may all that their role may.</param>
/// <param name="Permissions">What it was given; its owner's role bounds it.</param>
/// <param name="MadeAt">When it was made (UTC).</param>
/// <param name="MadeByName">By whom.</param>
/// <param name="EndedAt">When it was ended for good (UTC).</param>
/// <param name="EndedByName">By whom.</param>
/// <param name="EndedWhy">Why.</param>
/// <param name="Tokens">Its tokens, the newest first.</param>
public sealed record ClientDto(
    string Id,
    string Name,
    string Owner,
    string OwnerName,
    bool OwnPerson,
    IReadOnlyList<string> Permissions,
    DateTimeOffset MadeAt,
    string MadeByName,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? EndedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? EndedByName,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? EndedWhy,
    IReadOnlyList<ClientTokenDto> Tokens)
{
    internal static ClientDto Of(ApiClient client, DateTimeOffset now) => new(
        client.Id.ToString("D"),
        client.Name,
        client.OwnerId,
        client.OwnerName,
        client.Permissions is null,
        [.. (client.Permissions ?? ClientRules.Grantable(client.OwnerRole)).Select(PermissionIds.Id)],
        client.MadeAt,
        client.MadeByName,
        client.EndedAt,
        client.EndedByName,
        client.EndedWhy,
        [.. client.Tokens.Select(t => ClientTokenDto.Of(t, now))]);
}

/// <summary>A token of a client, without the token.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State"><c>counts</c>, <c>ended</c> or <c>revoked</c>.</param>
/// <param name="MadeAt">When it was made (UTC).</param>
/// <param name="MadeByName">By whom.</param>
/// <param name="EndsAt">From when on it is refused (UTC).</param>
/// <param name="LastUsedAt">When it was last used (UTC), to the minute.</param>
/// <param name="RevokedAt">When it was revoked (UTC).</param>
/// <param name="RevokedByName">By whom.</param>
/// <param name="RevokedWhy">Why.</param>
public sealed record ClientTokenDto(
    string Id,
    string State,
    DateTimeOffset MadeAt,
    string MadeByName,
    DateTimeOffset EndsAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? LastUsedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? RevokedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RevokedByName,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RevokedWhy)
{
    internal static ClientTokenDto Of(ApiToken token, DateTimeOffset now) => new(
        token.Id.ToString("D"),
        token.RevokedAt is not null ? "revoked" : token.Counts(now) ? "counts" : "ended",
        token.MadeAt,
        token.MadeByName,
        token.EndsAt,
        token.LastUsedAt,
        token.RevokedAt,
        token.RevokedByName,
        token.RevokedWhy);
}
