using Coordination.Domain.Accounts;
using Coordination.Domain.Platforms;
using Coordination.Domain.Posts;
using Dapper;

namespace Coordination.Storage.SignIns;

/// <summary>Shares out, among all silos, whose sign-in is to be looked at next, and keeps what the platforms said.</summary>
public sealed class SignInChecks(CoordinationDatabase database) : ISignInReader
{
    /// <summary>How long a claim lasts; whoever dies with it has it taken over after that.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    // One that does not work is looked at more often, so that a repair shows by itself.
    private static readonly TimeSpan WhileBroken = TimeSpan.FromMinutes(10);
    private const int LongestWords = 500;

    private const string Columns = "select s.account, s.checked_at, s.works, s.why, s.expires_at, s.failed_at, s.failed_why from sign_in s";

    /// <summary>
    /// Claims connected accounts: those that somebody wants looked at, that were never looked at or not for <paramref name="every"/>, and those
    /// with a post due soon that were not looked at shortly before. Each goes to one caller alone. None with a post due within a minute,
    /// unless somebody asks: nothing is in a post's way.
    /// </summary>
    /// <param name="every">How old an answer may get; null claims only what somebody wants looked at.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<AccountKey>> ClaimAsync(TimeSpan? every, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var keys = await connection.QueryAsync<string>(new CommandDefinition(
            """
            with due as (
                select a.key from account a left join sign_in s on s.account = a.key
                where a.lifecycle = 'connected'
                  and (s.not_before is null or s.not_before <= clock_timestamp())
                  and (s.wanted_at is not null
                       or (@every::interval is not null
                           and (s.checked_at is null
                                or s.checked_at <= clock_timestamp() - @every::interval
                                or (not s.works and s.checked_at <= clock_timestamp() - @broken)
                                or (s.checked_at <= clock_timestamp() - @ahead and a.next_post_at < clock_timestamp() + @ahead))
                           and (a.next_post_at is null
                                or a.next_post_at not between clock_timestamp() - interval '1 minute' and clock_timestamp() + interval '1 minute')))
                order by s.wanted_at, a.next_post_at, s.checked_at nulls first limit @limit)
            insert into sign_in as s (account, not_before)
            select key, clock_timestamp() + @lease from due
            on conflict (account) do update set not_before = excluded.not_before
                where s.not_before is null or s.not_before <= clock_timestamp()
            returning account
            """,
            new { every, limit, broken = WhileBroken, ahead = SignInRules.BeforeAPost, lease = Lease },
            cancellationToken: cancellationToken));
        return [.. keys.Select(AccountKey.Parse)];
    }

    /// <summary>Keeps what the platform said.</summary>
    /// <param name="account">The account.</param>
    /// <param name="refused">Why it does not work; null when it does.</param>
    /// <param name="expiresAt">When it ends; null when nobody says.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    public Task AnsweredAsync(AccountKey account, string? refused, DateTimeOffset? expiresAt, CancellationToken cancellationToken) => ExecuteAsync(
        """
        insert into sign_in as s (account, checked_at, works, why, expires_at) values (@key, clock_timestamp(), @works, @why, @expires::timestamptz)
        on conflict (account) do update set checked_at = excluded.checked_at, works = excluded.works, why = excluded.why,
            expires_at = excluded.expires_at, failed_at = null, failed_why = null, wanted_at = null, not_before = null
        """,
        new { key = account.Value, works = refused is null, why = Words(refused), expires = expiresAt?.UtcDateTime },
        cancellationToken);

    /// <summary>Keeps that the platform could not be asked, and that nobody is to ask again before a while has passed.</summary>
    public Task PutOffAsync(AccountKey account, string why, TimeSpan wait, CancellationToken cancellationToken) => ExecuteAsync(
        "update sign_in set failed_at = clock_timestamp(), failed_why = @why, wanted_at = null, not_before = clock_timestamp() + @wait where account = @key",
        new { key = account.Value, why = Words(why), wait },
        cancellationToken);

    /// <inheritdoc/>
    public Task WantAsync(AccountKey account, CancellationToken cancellationToken) => ExecuteAsync(
        """
        insert into sign_in as s (account, wanted_at) values (@key, clock_timestamp())
        on conflict (account) do update set wanted_at = coalesce(s.wanted_at, excluded.wanted_at), not_before = null
        """,
        new { key = account.Value },
        cancellationToken);

    /// <inheritdoc/>
    public async Task<SignInStanding> ReadAsync(AccountKey account, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string, DateTime?, bool, string?, DateTime?, DateTime?, string?)>(new CommandDefinition(
            Columns + " where s.account = @key", new { key = account.Value }, cancellationToken: cancellationToken));
        return rows.Select(Standing).FirstOrDefault() ?? new SignInStanding(account);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SignInStanding>> TroubledAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string, DateTime?, bool, string?, DateTime?, DateTime?, string?)>(new CommandDefinition(
            Columns + """
             join account a on a.key = s.account and a.lifecycle = 'connected'
             where s.checked_at is not null and (not s.works or s.expires_at <= clock_timestamp() + @ahead)
             order by s.works, s.expires_at nulls last, s.account
            """,
            new { ahead = SignInRules.WarnAhead },
            cancellationToken: cancellationToken));
        return [.. rows.Select(Standing)];
    }

    private static string? Words(string? text) => text is null ? null : StorableText.Clean(text, LongestWords);

    private async Task ExecuteAsync(string sql, object arguments, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken));
    }

    private static SignInStanding Standing((string Account, DateTime? CheckedAt, bool Works, string? Why, DateTime? ExpiresAt, DateTime? FailedAt, string? FailedWhy) row) =>
        new(AccountKey.Parse(row.Account), row.CheckedAt, row.Works, row.Why, row.ExpiresAt, row.FailedAt, row.FailedWhy);
}
