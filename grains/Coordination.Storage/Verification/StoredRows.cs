using Npgsql;

namespace Coordination.Storage.Verification;

/// <summary>A post as the read model has it.</summary>
internal sealed record StoredPost
{
    public required Guid Id { get; init; }

    public required string Account { get; init; }

    public required string State { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    public required TimeSpan Tolerance { get; init; }

    public required string PosterId { get; init; }

    public required string PosterName { get; init; }

    public required int Revision { get; init; }

    public required int Attempt { get; init; }

    public required long ConfirmedSequence { get; init; }

    public int? ApprovedRevision { get; init; }

    public long? ApprovedSequence { get; init; }

    public string? ApprovedBy { get; init; }

    public DateTimeOffset? ApprovedAt { get; init; }

    public required string[] ApprovedFor { get; init; }

    public Guid? MessageId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public string? RemoteId { get; init; }

    public string? Url { get; init; }

    public required string[] HeldBy { get; init; }

    public string? Note { get; init; }

    public string? About { get; init; }

    public string? Review { get; init; }

    public string? Returned { get; init; }
}

/// <summary>A permit as the fence has it.</summary>
internal sealed record StoredPermit(
    Guid Id, long Sequence, string Account, Guid PostId, int Part, string Action, int Attempt, string PosterId, int Revision,
    DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, string? Outcome);

/// <summary>Looks rows up for many accounts or posts at once.</summary>
internal static class StoredRows
{
    public static Task<List<StoredPost>> PostsAsync(Snapshot snapshot, Guid[] ids, CancellationToken cancellationToken) => snapshot.ListAsync(
        """
        select id, account, state, text, due_at, (extract(epoch from tolerance) * 1000000)::bigint, poster_id, poster_name, revision, attempt, confirmed_seq, message_id, created_at,
               published_at, remote_id, url, held_by, note, approved_revision, approved_seq, approved_by, approved_at, approved_for,
               about::text, review::text, returned::text
        from post where id = any ($1)
        """,
        r => new StoredPost
        {
            Id = r.GetGuid(0),
            Account = r.GetString(1),
            State = r.GetString(2),
            Text = r.GetString(3),
            DueAt = Time(r, 4)!.Value,
            Tolerance = TimeSpan.FromMicroseconds(r.GetInt64(5)),
            PosterId = r.GetString(6),
            PosterName = r.GetString(7),
            Revision = r.GetInt32(8),
            Attempt = r.GetInt32(9),
            ConfirmedSequence = r.GetInt64(10),
            MessageId = r.IsDBNull(11) ? null : r.GetGuid(11),
            CreatedAt = Time(r, 12)!.Value,
            PublishedAt = Time(r, 13),
            RemoteId = Text(r, 14),
            Url = Text(r, 15),
            HeldBy = r.GetFieldValue<string[]>(16),
            Note = Text(r, 17),
            ApprovedRevision = r.IsDBNull(18) ? null : r.GetInt32(18),
            ApprovedSequence = r.IsDBNull(19) ? null : r.GetInt64(19),
            ApprovedBy = Text(r, 20),
            ApprovedAt = Time(r, 21),
            ApprovedFor = r.GetFieldValue<string[]>(22),
            About = Text(r, 23),
            Review = Text(r, 24),
            Returned = Text(r, 25),
        },
        cancellationToken,
        ids);

    public static Task<List<StoredPermit>> PermitsAsync(Snapshot snapshot, Guid[] posts, CancellationToken cancellationToken) => snapshot.ListAsync(
        PermitColumns + " where post_id = any ($1) order by seq", ReadPermit, cancellationToken, posts);

    public static Task<List<(Guid Post, string Account, string Hold)>> StoppedAsync(Snapshot snapshot, Guid[] posts, CancellationToken cancellationToken) => snapshot.ListAsync(
        "select post_id, account, hold_id from hold_post where post_id = any ($1)", r => (r.GetGuid(0), r.GetString(1), r.GetString(2)), cancellationToken, posts);

    public static Task<List<LabelRow>> LabelsAsync(Snapshot snapshot, string[] accounts, CancellationToken cancellationToken) => snapshot.ListAsync(
        "select account, seq, platform, kind, area, station, department from label_history where account = any ($1) order by account, seq",
        r => new LabelRow(r.GetString(0), r.GetInt64(1), r.GetString(2), r.GetString(3), Text(r, 4), Text(r, 5), Text(r, 6)),
        cancellationToken,
        (object)accounts);

    public const string PermitColumns =
        "select id, seq, account, post_id, part, action, attempt, poster_id, revision, issued_at, expires_at, outcome from permit";

    public static StoredPermit ReadPermit(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetInt64(1), r.GetString(2), r.GetGuid(3), r.GetInt32(4), r.GetString(5), r.GetInt32(6), r.GetString(7), r.GetInt32(8),
        Time(r, 9)!.Value, Time(r, 10)!.Value, Text(r, 11));

    public static string? Text(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);

    public static DateTimeOffset? Time(NpgsqlDataReader r, int column) =>
        r.IsDBNull(column) ? null : new DateTimeOffset(r.GetDateTime(column), TimeSpan.Zero);
}
