using Coordination.Domain.Accounts;
using Coordination.Domain.Platforms;
using Coordination.Domain.Posts;
using Dapper;

namespace Coordination.Storage.ReadModel;

/// <summary>Accounts whose posts wait because their platform takes no more of them for now; and plans that are more than a platform takes.</summary>
public interface IRateReader
{
    /// <summary>Until when an account's posts wait, and why; null when they do not.</summary>
    Task<RateStanding?> ReadAsync(AccountKey account, CancellationToken cancellationToken);

    /// <summary>The accounts, or platforms, for which more is planned in some window than fits, were a post of each of these accounts due at that time, too.</summary>
    /// <param name="accounts">The accounts.</param>
    /// <param name="at">The time (UTC).</param>
    /// <param name="except">A post that is not counted besides; null for none.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<IReadOnlyList<RateExcess>> ExcessAsync(IReadOnlyCollection<AccountKey> accounts, DateTimeOffset at, Guid? except, CancellationToken cancellationToken);
}

/// <summary>An account's posts wait.</summary>
/// <param name="Account">The account.</param>
/// <param name="Until">Until when (UTC).</param>
/// <param name="Why">Why, as a sentence.</param>
public sealed record RateStanding(AccountKey Account, DateTimeOffset Until, string Why);

/// <summary>More is planned than a platform takes.</summary>
/// <param name="Of">The account's key, or the platform's name where all accounts together are counted.</param>
/// <param name="Platform">The platform's name.</param>
/// <param name="Limit">What it takes.</param>
/// <param name="Planned">How many are planned in the fullest window.</param>
/// <param name="From">When that window begins (UTC).</param>
public sealed record RateExcess(string Of, string Platform, RateLimit Limit, int Planned, DateTimeOffset From)
{
    /// <summary>The same as a sentence, without its time.</summary>
    public string Words => $"{Platform} {Limit.Words}; with this, {Planned:#,0} are planned {(Limit.WholeService ? "together" : $"on {Of}")}. What does not fit waits, or is missed once it may not be so late.";
}

/// <inheritdoc cref="IRateReader"/>
public sealed class RateWaits(CoordinationDatabase database) : IRateReader
{
    private const int LongestWords = 300;

    /// <summary>Keeps until when an account's posts wait.</summary>
    public async Task TellAsync(AccountKey account, DateTimeOffset until, string why, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into rate_wait (account, until, why) values (@key, @until, @why)
            on conflict (account) do update set until = excluded.until, why = excluded.why
            """,
            new { key = account.Value, until = until.UtcDateTime, why = StorableText.Clean(why, LongestWords) },
            cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<RateStanding?> ReadAsync(AccountKey account, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(DateTime Until, string Why)>(new CommandDefinition(
            "select until, why from rate_wait where account = @key and until > clock_timestamp()", new { key = account.Value }, cancellationToken: cancellationToken));
        return rows.Select(r => new RateStanding(account, r.Until, r.Why)).FirstOrDefault();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RateExcess>> ExcessAsync(IReadOnlyCollection<AccountKey> accounts, DateTimeOffset at, Guid? except, CancellationToken cancellationToken)
    {
        var found = new List<RateExcess>();
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        foreach (var (platform, limit) in accounts.Select(a => a.Platform).Distinct().SelectMany(p => RateLimits.Of(p).Select(l => (p, l))))
        {
            // Each window that holds the new posts begins with one of the posts in it.
            var rows = await connection.QueryAsync<(string Whose, int Planned, DateTime From)>(new CommandDefinition(
                """
                select w.whose, w.planned::integer, w.at from (
                    select x.whose, x.at, count(*) over (partition by x.whose order by x.at range between current row and @window following) as planned
                    from (select case when @whole then a.platform else p.account end as whose, coalesce(p.published_at, p.due_at) as at
                          from post p join account a on a.key = p.account
                          where a.platform = @platform and p.state in ('scheduled', 'submitted', 'published') and p.id is distinct from @except
                            and p.due_at > @at - @window and p.due_at < @at + @window and (@whole or p.account = any (@accounts))
                          union all
                          select case when @whole then @platform else k end, @at from unnest(@accounts) k) x) w
                where w.planned > @posts
                order by w.planned desc, w.whose, w.at
                """,
                new
                {
                    platform = platform.Id,
                    whole = limit.WholeService,
                    window = limit.Window - TimeSpan.FromMilliseconds(1),
                    posts = limit.Posts,
                    at = at.UtcDateTime,
                    except,
                    accounts = accounts.Where(a => a.Platform == platform).Select(a => a.Value).ToArray(),
                },
                cancellationToken: cancellationToken));
            found.AddRange(rows.DistinctBy(r => r.Whose, StringComparer.Ordinal).Select(r => new RateExcess(limit.WholeService ? platform.Name : r.Whose, platform.Name, limit, r.Planned, r.From)));
        }

        return found;
    }
}
