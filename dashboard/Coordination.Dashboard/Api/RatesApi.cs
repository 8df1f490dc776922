using System.Text.Json.Serialization;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/rates</c>: whether more is planned than the platforms take. Nothing is kept.</summary>
public static class RatesApi
{
    /// <summary>Maps the route.</summary>
    public static void MapRates(this IEndpointRouteBuilder api)
    {
        api.MapGet("/accounts/{platform}/{handle}/rate", FindAsync).RequirePermission(Permission.Read)
            .WithSummary("Until when an account's posts wait because its platform takes no more of them, and why; both left out when they do not.").Produces<RateWaitDto>();
        api.MapPost("/rates", LookAsync).RequirePermission(Permission.Read)
            .WithSummary("Where more would be planned than the platforms take, were a post of each of these accounts due at that time, too. Nothing is kept, and nothing is stopped.")
            .Produces<ListDto<RateDto>>();
    }

    private static async Task<IResult> FindAsync(string platform, string handle, IRateReader rates, IBoard board, CancellationToken cancellationToken)
    {
        if (!AccountKey.TryCreate(platform, handle, out var key) || !board.Accounts.ContainsKey(key))
        {
            return Problems.Of(Unknown.Account($"{platform}/{handle}"));
        }

        var wait = await rates.ReadAsync(key, cancellationToken);
        return TypedResults.Ok(new RateWaitDto(key.Value, wait?.Until, wait?.Why));
    }

    private static async Task<IResult> LookAsync(ClashRequest request, IRateReader rates, IBoard board, TimeProvider time, CancellationToken cancellationToken)
    {
        if (PlanInput.Read(request, board, out var plan) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        var found = await rates.ExcessAsync(plan.Accounts, plan.At ?? time.GetUtcNow(), plan.Except?.Value, cancellationToken);
        return TypedResults.Ok(new ListDto<RateDto>([.. found.Select(RateDto.Made)], null));
    }
}

/// <summary>Whether an account's posts wait for its platform.</summary>
/// <param name="Account">The account's key.</param>
/// <param name="Until">Until when; left out when they do not.</param>
/// <param name="Detail">Why, as a sentence.</param>
public sealed record RateWaitDto(
    string Account,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Until,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail);

/// <summary>More is planned than a platform takes.</summary>
/// <param name="Of">The account's key, or the platform's name where all accounts together are counted.</param>
/// <param name="Posts">How many it takes.</param>
/// <param name="WindowSeconds">In any stretch of so many seconds.</param>
/// <param name="Planned">How many would be planned in the fullest one.</param>
/// <param name="From">When that one begins.</param>
/// <param name="Detail">The same as a sentence.</param>
public sealed record RateDto(string Of, int Posts, int WindowSeconds, int Planned, DateTimeOffset From, string Detail)
{
    /// <summary>Makes it.</summary>
    public static RateDto Made(RateExcess e) => new(e.Of, e.Limit.Posts, (int)e.Limit.Window.TotalSeconds, e.Planned, e.From, e.Words);
}
