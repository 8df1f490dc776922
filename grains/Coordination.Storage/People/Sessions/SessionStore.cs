using System.Security.Cryptography;
using System.Text;
using Coordination.Domain.People;
using Coordination.Storage.ReadModel;
using Dapper;

namespace Coordination.Storage.People.Sessions;

/// <summary>Sign-ins in PostgreSQL.</summary>
public sealed class SessionStore(CoordinationDatabase database) : ISessionStore
{
    private const string List = "sign-in-record";
    private const string Look = "select id, staff_id as staffid, way, ends_at as endsat, left_seconds as leftseconds, age_seconds as ageseconds from look_at_sign_in(@hash, @id::uuid)";

    /// <inheritdoc/>
    public async Task<SessionOpened> OpenAsync(SessionWish wish, string secret, string? former, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var (id, endsAt) = await connection.QuerySingleAsync<(Guid, DateTime)>(new CommandDefinition(
            "select id, ends_at from open_sign_in(@id, @hash, @former, @StaffId, @way, @Browser, @authenticatedAt::timestamptz, @seconds, @Most)",
            new
            {
                id = Guid.NewGuid(),
                hash = Hash(secret),
                former = former is null ? null : Hash(former),
                wish.StaffId,
                way = Word(wish.Way),
                wish.Browser,
                authenticatedAt = wish.AuthenticatedAt?.UtcDateTime,
                seconds = wish.Lasts.TotalSeconds,
                wish.Most,
            },
            cancellationToken: cancellationToken));

        // A former one that ended must not come back with a failover.
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return new SessionOpened(id, endsAt);
    }

    /// <inheritdoc/>
    public Task<SessionLook?> FindAsync(string secret, CancellationToken cancellationToken) => LookAsync(Hash(secret), null, cancellationToken);

    /// <inheritdoc/>
    public Task<SessionLook?> FindAsync(Guid id, CancellationToken cancellationToken) => LookAsync(null, id, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SessionRow>> OfAsync(string staffId, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            """
            select s.id, s.way, s.browser, s.signed_in_at as signedinat, s.authenticated_at as authenticatedat, s.last_seen_at as lastseenat, s.ends_at as endsat
            from sign_in_session s where s.staff_id = @staffId and sign_in_open(s) order by s.last_seen_at desc, s.signed_in_at desc, s.id
            """,
            new { staffId },
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => new SessionRow(r.Id, Way(r.Way), r.Browser, r.SignedInAt, r.AuthenticatedAt, r.LastSeenAt, r.EndsAt))];
    }

    /// <inheritdoc/>
    public async Task<int> EndAsync(string staffId, Guid? only, Guid? but, SessionEnd why, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var ended = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select end_sign_ins(@staffId, @only::uuid, @but::uuid, @why)",
            new { staffId, only, but, why = why == SessionEnd.SignedOut ? "signed-out" : "ended-by-person" },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return ended;
    }

    /// <inheritdoc/>
    public async Task<SessionsEnded> EndOfAsync(string staffId, string reason, Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.QuerySingleAsync<string>(new CommandDefinition(
            "select end_sign_ins_of(@staffId, @actorId, @actorName, @actorRole, @reason)",
            new { staffId, actorId = actor.Id, actorName = actor.Name, actorRole = actor.Role.Id(), reason },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return answer switch
        {
            "done" => SessionsEnded.Done,
            "none" => SessionsEnded.None,
            "own" => SessionsEnded.Own,
            "unknown" => SessionsEnded.Unknown,
            "actor-gone" => SessionsEnded.ActorGone,
            _ => throw new InvalidOperationException($"The database answered '{answer}'."),
        };
    }

    /// <inheritdoc/>
    public async Task<Page<SignInEntry>> RecordAsync(SignInQuery query, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var before = Cursor.ReadNumber(List, cursor);
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<RecordRow>(new CommandDefinition(
            $"""
             select r.id, r.at, r.what, r.issuer as by, r.staff_id as staffid, s.name, r.why
             from sign_in_record r left join staff s on s.id = r.staff_id
             where {(query.StaffIds is null ? "true" : "r.staff_id = any(@people)")}
               and {(query.From is null ? "true" : "r.at >= @from")} and {(query.To is null ? "true" : "r.at < @to")} and {(before is null ? "true" : "r.id < @before")}
             order by r.id desc limit @limit
             """,
            new { people = query.StaffIds?.ToArray(), from = query.From?.UtcDateTime, to = query.To?.UtcDateTime, before, limit = limit + 1 },
            cancellationToken: cancellationToken))).Select(r => new SignInEntry(r.Id, r.At, r.What, r.By, r.StaffId, r.Name, r.Why)).ToList();
        return rows.Count <= limit ? new Page<SignInEntry>(rows, null) : new Page<SignInEntry>(rows[..limit], Cursor.Of(List, rows[limit - 1].Id));
    }

    private async Task<SessionLook?> LookAsync(byte[]? hash, Guid? id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<LookRow>(new CommandDefinition(Look, new { hash, id }, cancellationToken: cancellationToken));
        return row is null
            ? null
            : new SessionLook(row.Id, row.StaffId, Way(row.Way), row.EndsAt, TimeSpan.FromSeconds(row.LeftSeconds), row.AgeSeconds is { } age ? TimeSpan.FromSeconds(age) : null);
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static string Word(SignInWay way) => way switch
    {
        SignInWay.Demo => "demo",
        SignInWay.Provider => "provider",
        _ => "break-glass",
    };

    private static SignInWay Way(string word) => word switch
    {
        "demo" => SignInWay.Demo,
        "provider" => SignInWay.Provider,
        "break-glass" => SignInWay.BreakGlass,
        _ => throw new InvalidOperationException($"The database has a sign-in by '{word}'."),
    };

    private sealed record LookRow(Guid Id, string StaffId, string Way, DateTime EndsAt, double LeftSeconds, double? AgeSeconds);

    private sealed record Row(Guid Id, string Way, string Browser, DateTime SignedInAt, DateTime? AuthenticatedAt, DateTime LastSeenAt, DateTime EndsAt);

    private sealed record RecordRow(long Id, DateTime At, string What, string? By, string? StaffId, string? Name, string? Why);
}
