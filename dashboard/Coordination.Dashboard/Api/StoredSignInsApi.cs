using System.Text.Json.Serialization;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.PlatformSignIns;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Storage.SignIns;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/accounts/{platform}/{handle}/sign-in/stored</c>: an account's sign-in as it lies in the service, without its secret.</summary>
public static class StoredSignInsApi
{
    private const string Route = "/accounts/{platform}/{handle}/sign-in/stored";

    /// <summary>Maps the routes.</summary>
    public static void MapStoredSignIns(this IEndpointRouteBuilder api)
    {
        api.MapGet(Route, FindAsync).RequirePermission(Permission.ManageAccounts)
            .WithSummary("What is stored of an account's sign-in at its platform, without the secret.").Produces<StoredSignInDto>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPut(Route, SetAsync).RequirePermission(Permission.ManageAccounts)
            .WithSummary("Sets an account's sign-in at its platform in place of the former one, and has it looked at. It can be replaced, and never read. Repeating the same request is safe.")
            .Produces<StoredSignInDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapDelete(Route, RemoveAsync).RequirePermission(Permission.ManageAccounts)
            .WithSummary("Removes what is stored of an account's sign-in; one of the service's settings counts again, if there is any.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> FindAsync(string platform, string handle, IPlatformSignInDesk desk, CancellationToken cancellationToken) =>
        !AccountKey.TryCreate(platform, handle, out var account) ? Problems.Of(Unknown.Account($"{platform}/{handle}"))
        : await desk.FindAsync(account, cancellationToken) is { } found ? TypedResults.Ok(StoredSignInDto.Of(found))
        : Problems.Of(PlatformSignInRefusals.Of("sign-in-none"));

    private static async Task<IResult> SetAsync(
        string platform, string handle, StoredSignInRequest request, HttpContext context, IPlatformSignInDesk desk, CancellationToken cancellationToken)
    {
        if (!AccountKey.TryCreate(platform, handle, out var account))
        {
            return Problems.Of(Unknown.Account($"{platform}/{handle}"));
        }

        if (InputTime.Read(request.ExpiresAt, "expiresAt", out var end) is { } unread)
        {
            return Problems.Of(unread);
        }

        return await desk.SetAsync(account, request.ToWish(end), context.User.Actor(), cancellationToken) is { } refusal ? Problems.Of(refusal)
            : await desk.FindAsync(account, cancellationToken) is { } found ? TypedResults.Ok(StoredSignInDto.Of(found))

            // Removed by another between the setting and the look.
            : Problems.Of(PlatformSignInRefusals.Of("sign-in-none"));
    }

    private static async Task<IResult> RemoveAsync(string platform, string handle, HttpContext context, IPlatformSignInDesk desk, CancellationToken cancellationToken) =>
        !AccountKey.TryCreate(platform, handle, out var account) ? Problems.Of(Unknown.Account($"{platform}/{handle}"))
        : await desk.RemoveAsync(account, context.User.Actor(), cancellationToken) is { } refusal ? Problems.Of(refusal)
        : TypedResults.NoContent();
}

/// <summary>How an account is to sign in at its platform.</summary>
/// <param name="Kind"><c>access-token</c>, <c>app-password</c> or <c>signed-requests</c>.</param>
/// <param name="Server">The server, one of those that the platform has here; may be left out where there is but one.</param>
/// <param name="Token">The account's token (access token, signed requests).</param>
/// <param name="TokenSecret">Its secret (signed requests).</param>
/// <param name="ConsumerKey">The app's key (signed requests).</param>
/// <param name="ConsumerSecret">The app's secret (signed requests).</param>
/// <param name="Identifier">Handle or DID (app password).</param>
/// <param name="Password">The app password.</param>
/// <param name="ExpiresAt">When it ends, with an offset; left out when nobody says.</param>
public sealed record StoredSignInRequest(
    string? Kind, string? Server, string? Token, string? TokenSecret, string? ConsumerKey, string? ConsumerSecret, string? Identifier, string? Password, string? ExpiresAt)
{
    /// <inheritdoc/>
    public override string ToString() => "sign-in (hidden)";

    internal PlatformSignInWish ToWish(DateTimeOffset? end) => new()
    {
        Kind = Kind,
        Server = Server,
        Token = Token,
        TokenSecret = TokenSecret,
        ConsumerKey = ConsumerKey,
        ConsumerSecret = ConsumerSecret,
        Identifier = Identifier,
        Password = Password,
        ExpiresAt = end,
    };
}

/// <summary>What is stored of an account's sign-in.</summary>
/// <param name="Account">The account's key.</param>
/// <param name="Server">The server that it is for.</param>
/// <param name="Kind"><c>access-token</c>, <c>app-password</c> or <c>signed-requests</c>.</param>
/// <param name="ExpiresAt">When it ends (UTC); left out when nobody says.</param>
/// <param name="SetAt">When it was set (UTC).</param>
/// <param name="SetBy">Staff id of who set it.</param>
/// <param name="SetByName">Their name at the time.</param>
public sealed record StoredSignInDto(
    string Account,
    string Server,
    string Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ExpiresAt,
    DateTimeOffset SetAt,
    string SetBy,
    string SetByName)
{
    internal static StoredSignInDto Of(StoredSignIn stored) => new(stored.Account.Value, stored.Server, stored.Kind, stored.ExpiresAt, stored.SetAt, stored.SetBy, stored.SetByName);
}
