using Coordination.Domain.Holds;
using Coordination.Storage.OffSystem;
using Coordination.Storage.Tests.Fence;
using Xunit;

namespace Coordination.Storage.Tests.OffSystem;

/// <summary>Steps of these tests.</summary>
internal static class Shown
{
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public const int Plenty = 60_000;

    public static CancellationToken None => CancellationToken.None;

    public static Scope Of(params string[] accounts) => new() { Accounts = [.. accounts.Select(a => "x/" + a)] };

    public static Task<IReadOnlyList<OffSystemTurn>> ClaimAsync(this Ground ground, int limit = 100, int perMinute = Plenty, string platform = "x") =>
        new OffSystemTurns(ground.Database).ClaimAsync(platform, Minute, limit, perMinute, None);

    public static async Task<string[]> ClaimKeysAsync(this Ground ground) => [.. (await ground.ClaimAsync()).Select(t => t.Account.Value).Order(StringComparer.Ordinal)];

    public static async Task<OffSystemTurn> ClaimOneAsync(this Ground ground)
    {
        await ground.PassAsync("2 minutes");
        return Assert.Single(await ground.ClaimAsync());
    }

    public static Task<int> RecordAsync(this Ground ground, OffSystemTurn turn, TurnOutcome outcome) => new OffSystemTurns(ground.Database).RecordAsync(turn, outcome, None);

    /// <summary>What the platform shows that is not ours, for every hold of the turn.</summary>
    public static TurnOutcome Finds(OffSystemTurn turn, params string[] ids) =>
        new(true, null, 0, [.. ids.Select(i => new FoundPost(i, "https://example.org/" + i, turn.AskedAt, [.. turn.Holds.Select(h => h.Id)]))]);

    /// <summary>All turns, and the holds before them, began that much earlier, and what was put off is so much nearer.</summary>
    public static async Task PassAsync(this Ground ground, string time)
    {
        await ground.ExecuteAsync("update hold set placed_at = placed_at - $1::text::interval where exists (select from off_system_turn)", time);
        await ground.ExecuteAsync("update off_system_turn set asked_at = asked_at - $1::text::interval, not_before = not_before - $1::text::interval", time);
    }
}
