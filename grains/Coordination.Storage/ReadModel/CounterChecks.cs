using Coordination.Domain.Accounts;
using Dapper;

namespace Coordination.Storage.ReadModel;

/// <summary>Shares out, among all silos, whose public figures are to be read next, and keeps when each platform last answered.</summary>
public sealed class CounterChecks(CoordinationDatabase database) : ICounterChecks
{
    /// <summary>How long a claim lasts; whoever dies with it has it taken over after that.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Claims connected accounts whose figures are older than <paramref name="every"/>, the oldest first: each goes to one caller alone.
    /// An account with a post due within a minute is left for later.
    /// </summary>
    public async Task<IReadOnlyList<AccountKey>> ClaimAsync(TimeSpan every, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var keys = await connection.QueryAsync<string>(new CommandDefinition(
            """
            update account set counters_not_before = clock_timestamp() + @lease
            where key in (
                select key from account
                where lifecycle = 'connected'
                  and (counters_checked_at is null or counters_checked_at <= clock_timestamp() - @every)
                  and (counters_not_before is null or counters_not_before <= clock_timestamp())
                  and (next_post_at is null or next_post_at not between clock_timestamp() - interval '1 minute' and clock_timestamp() + interval '1 minute')
                order by counters_checked_at nulls first limit @limit
                for update skip locked)
            returning key
            """,
            new { every, lease = Lease, limit },
            cancellationToken: cancellationToken));
        return [.. keys.Select(AccountKey.Parse)];
    }

    /// <summary>Keeps that the platform answered.</summary>
    public Task AnsweredAsync(AccountKey account, CancellationToken cancellationToken) => ExecuteAsync(
        """
        update account set counters_checked_at = clock_timestamp(), counters_failed_at = null, counters_not_before = null where key = @key
        """,
        new { key = account.Value }, cancellationToken);

    /// <summary>Keeps that it did not, and that nobody is to ask again before a while has passed.</summary>
    public Task PutOffAsync(AccountKey account, TimeSpan wait, CancellationToken cancellationToken) => ExecuteAsync(
        """
        update account set counters_failed_at = clock_timestamp(), counters_not_before = clock_timestamp() + @wait where key = @key
        """,
        new { key = account.Value, wait }, cancellationToken);

    /// <inheritdoc/>
    public async Task<CounterCheck> ReadAsync(AccountKey account, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var (answered, failed) = await connection.QuerySingleOrDefaultAsync<(DateTime?, DateTime?)>(new CommandDefinition(
            "select counters_checked_at, counters_failed_at from account where key = @key", new { key = account.Value }, cancellationToken: cancellationToken));
        return new CounterCheck(answered, failed);
    }

    private async Task ExecuteAsync(string sql, object arguments, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken));
    }
}

/// <summary>Reads how fresh an account's public figures are.</summary>
public interface ICounterChecks
{
    /// <summary>When the platform last answered for an account, and whether it failed since.</summary>
    Task<CounterCheck> ReadAsync(AccountKey account, CancellationToken cancellationToken);
}

/// <summary>How fresh an account's figures are.</summary>
/// <param name="AnsweredAt">When the platform last answered (UTC); null when it never did.</param>
/// <param name="FailedAt">When it last did not (UTC); null once it has answered again.</param>
public sealed record CounterCheck(DateTimeOffset? AnsweredAt, DateTimeOffset? FailedAt);
