using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Dapper;

namespace Coordination.Storage.ReadModel;

/// <summary>Reads accounts from the read model.</summary>
public sealed class AccountReader(CoordinationDatabase database) : IAccountReader
{
    private const string Columns = """
        select key, platform, kind, area, station, department, display_name as displayname, lifecycle, attention, contact::text as contact,
               version, next_post_at as nextpostat, last_post_at as lastpostat, scheduled, awaiting, followers, remote_posts as remoteposts,
               published, counters_at as countersat
        from account
        """;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AccountSummary>> AllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(Columns, cancellationToken: cancellationToken));
        return [.. rows.Select(ToSummary)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, long>> VersionsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Key, long Version)>(
            new CommandDefinition("select key, version from account", cancellationToken: cancellationToken));
        return rows.ToDictionary(r => r.Key, r => r.Version, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AccountSummary>> ReadAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(Columns + " where key = any (@keys)", new { keys = keys.ToArray() }, cancellationToken: cancellationToken));
        return [.. rows.Select(ToSummary)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AccountSummary>> CoveredAsync(Scope scope, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            Columns + " where lifecycle <> 'retired' and scope_covers(@scope::jsonb, key, platform, kind, area, station, department) order by key collate \"C\"",
            new { scope = JsonSerializer.Serialize(scope, StorageJson.Options) },
            cancellationToken: cancellationToken));
        return [.. rows.Select(ToSummary)];
    }

    /// <inheritdoc/>
    public async Task<KnownLabels> LabelsAsync(CancellationToken cancellationToken)
    {
        // A hold asks: its own connections, whatever the accounts are doing.
        await using var connection = await database.Fence.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Platform, string? Area, string? Station, string? Department)>(new CommandDefinition(
            "select distinct platform, area, station, department from account", cancellationToken: cancellationToken));
        return KnownLabels.Of(rows.Select(r => new AccountLabels(r.Platform, AccountKind.Local, r.Area, r.Station, r.Department)));
    }

    /// <inheritdoc/>
    public async Task<int> CountCoveredAsync(Scope scope, CancellationToken cancellationToken)
    {
        // A hold asks: its own connections, whatever the accounts are doing.
        await using var connection = await database.Fence.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            select count(*)::integer from account
            where lifecycle <> 'retired' and scope_covers(@scope::jsonb, key, platform, kind, area, station, department)
            """,
            new { scope = JsonSerializer.Serialize(scope, StorageJson.Options) },
            cancellationToken: cancellationToken));
    }

    private static AccountSummary ToSummary(Row row) => new()
    {
        Key = AccountKey.Parse(row.Key),
        Version = row.Version,
        DisplayName = row.DisplayName,
        Labels = new AccountLabels(
            row.Platform, string.Equals(row.Kind, "corporate", StringComparison.Ordinal) ? AccountKind.Corporate : AccountKind.Local, row.Area, row.Station, row.Department),
        Lifecycle = Enum.Parse<AccountLifecycle>(row.Lifecycle, ignoreCase: true),
        Attention = row.Attention,
        Contact = row.Contact is null ? null : JsonSerializer.Deserialize<NamedContact>(row.Contact, StorageJson.Options),
        NextPostAt = row.NextPostAt,
        LastPostAt = row.LastPostAt,
        Scheduled = row.Scheduled,
        AwaitingPerson = row.Awaiting,
        Counters = new AccountCounters(row.Followers, row.RemotePosts, row.Published, row.CountersAt),
    };

    private sealed record Row
    {
        public required string Key { get; init; }

        public required string Platform { get; init; }

        public required string Kind { get; init; }

        public string? Area { get; init; }

        public string? Station { get; init; }

        public string? Department { get; init; }

        public required string DisplayName { get; init; }

        public required string Lifecycle { get; init; }

        public string? Attention { get; init; }

        public string? Contact { get; init; }

        public long Version { get; init; }

        public DateTime? NextPostAt { get; init; }

        public DateTime? LastPostAt { get; init; }

        public int Scheduled { get; init; }

        public int Awaiting { get; init; }

        public long? Followers { get; init; }

        public long? RemotePosts { get; init; }

        public long Published { get; init; }

        public DateTime? CountersAt { get; init; }
    }
}
