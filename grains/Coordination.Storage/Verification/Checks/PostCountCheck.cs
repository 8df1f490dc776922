namespace Coordination.Storage.Verification.Checks;

/// <summary>An account has no post in the read model that its journal never scheduled.</summary>
internal sealed class PostCountCheck(Findings findings)
{
    private const int Most = 20;

    // Taken out of the text: an entry that was tampered with need not be JSON.
    private const string Strangers = """
        select id::text from post p
        where account = $1 and id::text not in (
            select x from (select substring(payload from '"postId":"([0-9a-f-]{36})"') x from journal where stream = $2 and event = 'post-scheduled') e
            where x is not null)
        order by id limit $3
        """;

    /// <summary>How many posts the read model has of some accounts.</summary>
    public static async Task<Dictionary<string, long>> LoadAsync(Snapshot snapshot, string[] accounts, CancellationToken cancellationToken) =>
        (await snapshot.ListAsync(
            "select account, count(*) from post where account = any ($1) group by account", r => (Account: r.GetString(0), Count: r.GetInt64(1)), cancellationToken, (object)accounts))
        .ToDictionary(r => r.Account, r => r.Count, StringComparer.Ordinal);

    public async Task LookAsync(Snapshot snapshot, AccountFile file, long rows, CancellationToken cancellationToken)
    {
        if (rows <= file.Scheduled || file.Gap is not null)
        {
            return;
        }

        foreach (var id in await snapshot.ListAsync(Strangers, r => r.GetString(0), cancellationToken, file.Key.Value, file.Stream, Most))
        {
            findings.Differs(file.Stream, $"The read model has the post {id}, which the journal never scheduled.");
        }
    }
}
