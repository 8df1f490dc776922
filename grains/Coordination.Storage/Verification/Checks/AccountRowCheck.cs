using System.Text.Json;
using Coordination.Domain.Accounts;

namespace Coordination.Storage.Verification.Checks;

/// <summary>An account's row in the read model says what the fold says.</summary>
internal sealed class AccountRowCheck(Findings findings)
{
    public static async Task<Dictionary<string, StoredAccount>> LoadAsync(Snapshot snapshot, string[] keys, CancellationToken cancellationToken) =>
        (await snapshot.ListAsync(
            """
            select key, platform, kind, area, station, department, display_name, lifecycle, attention, contact::text, version, next_post_at,
                   last_post_at, scheduled, awaiting, followers, remote_posts, published, counters_at
            from account where key = any ($1)
            """,
            r => new StoredAccount(
                new LabelRow(r.GetString(0), 0, r.GetString(1), r.GetString(2), StoredRows.Text(r, 3), StoredRows.Text(r, 4), StoredRows.Text(r, 5)),
                r.GetString(6), r.GetString(7), StoredRows.Text(r, 8), StoredRows.Text(r, 9), r.GetInt64(10), StoredRows.Time(r, 11), StoredRows.Time(r, 12),
                r.GetInt32(13), r.GetInt32(14), r.IsDBNull(15) ? null : r.GetInt64(15), r.IsDBNull(16) ? null : r.GetInt64(16), r.GetInt64(17), StoredRows.Time(r, 18)),
            cancellationToken,
            (object)keys)).ToDictionary(r => r.Labels.Account, StringComparer.Ordinal);

    public void Look(AccountFile file, StoredAccount? row, long? version)
    {
        findings.Looked();
        if (row is null)
        {
            findings.Differs(file.Stream, "The read model lacks the account.");
            return;
        }

        if (version is { } stored && row.Version != stored)
        {
            findings.Differs(file.Stream, Same.Words("The row's version", stored, row.Version));
        }

        if (file.Gap is { } gap)
        {
            findings.Note($"{file.Stream} was not compared: {gap}.");
            return;
        }

        var expected = AccountSummary.Of(file.State, row.Version);
        var labels = expected.Labels;
        Compare(file, "platform", labels.Platform, row.Labels.Platform);
        Compare(file, "kind", labels.Kind.Id(), row.Labels.Kind);
        Compare(file, "area", labels.Area, row.Labels.Area);
        Compare(file, "station", labels.Station, row.Labels.Station);
        Compare(file, "department", labels.Department, row.Labels.Department);
        Compare(file, "name on screen", expected.DisplayName, row.DisplayName);
        Compare(file, "lifecycle", Word(expected.Lifecycle), row.Lifecycle);
        Compare(file, "attention", expected.Attention, row.Attention, hidden: true);
        Compare(file, "scheduled", expected.Scheduled, row.Scheduled);
        Compare(file, "awaiting", expected.AwaitingPerson, row.Awaiting);
        Compare(file, "followers", expected.Counters.Followers, row.Followers);
        Compare(file, "remote posts", expected.Counters.RemotePosts, row.RemotePosts);
        Compare(file, "published", expected.Counters.Published, row.Published);
        CompareTime(file, "next post", expected.NextPostAt, row.NextPostAt);
        CompareTime(file, "last post", expected.LastPostAt, row.LastPostAt);
        CompareTime(file, "counters' time", expected.Counters.ReadAt, row.CountersAt);
        if (!Equals(expected.Contact, Contact(row.Contact)))
        {
            findings.Differs(file.Stream, "The row's named contact is another than the journal's (contents are not shown).");
        }
    }

    private void CompareTime(AccountFile file, string what, DateTimeOffset? expected, DateTimeOffset? found)
    {
        if (!Same.Time(expected, found))
        {
            findings.Differs(file.Stream, Same.Words("The row's " + what, expected, found));
        }
    }

    private void Compare<T>(AccountFile file, string what, T expected, T found, bool hidden = false)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, found))
        {
            findings.Differs(file.Stream, Same.Words("The row's " + what, expected, found, hidden));
        }
    }

    private static string Word(AccountLifecycle lifecycle) => JsonSerializer.SerializeToElement(lifecycle, StorageJson.Options).GetString()!;

    private static NamedContact? Contact(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<NamedContact>(json, StorageJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>An account as the read model has it.</summary>
internal sealed record StoredAccount(
    LabelRow Labels, string DisplayName, string Lifecycle, string? Attention, string? Contact, long Version, DateTimeOffset? NextPostAt, DateTimeOffset? LastPostAt,
    int Scheduled, int Awaiting, long? Followers, long? RemotePosts, long Published, DateTimeOffset? CountersAt);
