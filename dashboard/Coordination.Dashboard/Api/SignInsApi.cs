using System.Text.Json.Serialization;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Platforms;
using Coordination.Storage.ReadModel;
using Coordination.Storage.SignIns;

namespace Coordination.Dashboard.Api;

/// <summary>How accounts' sign-ins stand at their platforms, and whether due posts leave on time.</summary>
public static class SignInsApi
{
    private const string One = "/accounts/{platform}/{handle}/sign-in";

    /// <summary>Maps the routes.</summary>
    public static void MapSignIns(this IEndpointRouteBuilder api)
    {
        api.MapGet("/sign-ins", async (ISignInReader signIns, TimeProvider time, CancellationToken cancellationToken) =>
            new SignInsDto([.. (await signIns.TroubledAsync(cancellationToken)).Select(s => SignInDto.Of(s, time.GetUtcNow()))])).RequirePermission(Permission.Read)
            .WithSummary("The connected accounts whose sign-in does not work, has ended or ends within 14 days.").Produces<SignInsDto>();
        api.MapGet(One, FindAsync).RequirePermission(Permission.Read)
            .WithSummary("How an account's sign-in stands at its platform, as it was last asked.").Produces<SignInDto>();
        api.MapPost(One + "/check", CheckAsync).RequirePermission(Permission.ManageAccounts).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Has an account's sign-in looked at as soon as a silo is free, about a second; 'checkedAt' tells when it was.").Produces<SignInDto>(StatusCodes.Status202Accepted);
        api.MapGet("/queue", async (IQueueReader queue, CancellationToken cancellationToken) => QueueDto.Of(await queue.ReadAsync(cancellationToken))).RequirePermission(Permission.Read)
            .WithSummary("Whether due posts leave on time: how many are late by more than ten seconds through the service itself, by how much the oldest, and which silos have such in hand.").Produces<QueueDto>();
    }

    private static async Task<IResult> FindAsync(
        string platform, string handle, IBoard board, ISignInReader signIns, TimeProvider time, CancellationToken cancellationToken) =>
        AccountKey.TryCreate(platform, handle, out var key) && board.Accounts.ContainsKey(key)
            ? TypedResults.Ok(SignInDto.Of(await signIns.ReadAsync(key, cancellationToken), time.GetUtcNow()))
            : Problems.Of(Unknown.Account($"{platform}/{handle}"));

    private static async Task<IResult> CheckAsync(
        string platform, string handle, NothingRequest? request, IBoard board, ISignInReader signIns, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!AccountKey.TryCreate(platform, handle, out var key) || !board.Accounts.TryGetValue(key, out var account))
        {
            return Problems.Of(Unknown.Account($"{platform}/{handle}"));
        }

        if (account.Summary.Lifecycle != AccountLifecycle.Connected)
        {
            return Problems.Of(new Domain.Refusal("account-not-connected", $"The account {key} is not connected, so it has no sign-in to look at. Nothing was changed.", Domain.RefusalKind.Conflict));
        }

        await signIns.WantAsync(key, cancellationToken);
        return TypedResults.Accepted((string?)null, SignInDto.Of(await signIns.ReadAsync(key, cancellationToken), time.GetUtcNow()));
    }
}

/// <summary>Sign-ins that somebody has to see to, the first to end first.</summary>
public sealed record SignInsDto(IReadOnlyList<SignInDto> Items);

/// <summary>How an account's sign-in stands.</summary>
/// <param name="Account">The account's key.</param>
/// <param name="State"><c>unchecked works ends-soon ended refused</c>.</param>
/// <param name="Detail">The same as a sentence, with what to do.</param>
/// <param name="Why">Why it does not work, in the platform's words where it gave some; left out when it does.</param>
/// <param name="CheckedAt">When the platform last said so; left out when it never did.</param>
/// <param name="ExpiresAt">When it ends; left out when nobody says.</param>
/// <param name="FailedAt">When the platform last could not be asked; left out once it has answered again.</param>
/// <param name="FailedWhy">Why it could not.</param>
public sealed record SignInDto(
    string Account,
    string State,
    string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Why,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? CheckedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ExpiresAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? FailedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FailedWhy)
{
    /// <summary>Makes it.</summary>
    public static SignInDto Of(SignInStanding standing, DateTimeOffset now) => new(
        standing.Account.Value,
        SignInRules.Look(standing, now) switch
        {
            SignInVerdict.Unchecked => "unchecked",
            SignInVerdict.Works => "works",
            SignInVerdict.EndsSoon => "ends-soon",
            SignInVerdict.Ended => "ended",
            _ => "refused",
        },
        $"The sign-in of {standing.Account} {SignInRules.Words(standing, now)}.",
        standing.Why,
        standing.CheckedAt,
        standing.ExpiresAt,
        standing.FailedAt,
        standing.FailedWhy);
}

/// <summary>Whether due posts leave on time.</summary>
/// <param name="Behind">Whether some do not.</param>
/// <param name="Late">How many.</param>
/// <param name="OldestSeconds">By how much the oldest is late; left out when none is.</param>
/// <param name="Silos">The silos that have late posts in hand.</param>
public sealed record QueueDto(
    bool Behind, int Late, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? OldestSeconds, IReadOnlyList<SiloQueueDto> Silos)
{
    /// <summary>Makes it.</summary>
    public static QueueDto Of(QueueStanding queue) => new(
        queue.IsBehind, queue.Late, (int?)queue.Oldest?.TotalSeconds, [.. queue.Silos.Select(s => new SiloQueueDto(s.Silo, s.Waiting, (int)s.Oldest.TotalSeconds))]);
}

/// <summary>What one silo has in hand.</summary>
/// <param name="Silo">Its name.</param>
/// <param name="Waiting">Posts that it has not begun.</param>
/// <param name="OldestSeconds">By how much the oldest of them is late.</param>
public sealed record SiloQueueDto(string Silo, int Waiting, int OldestSeconds);
