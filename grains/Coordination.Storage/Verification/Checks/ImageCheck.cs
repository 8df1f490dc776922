namespace Coordination.Storage.Verification.Checks;

/// <summary>Each image is what its name says, and each post's images are there.</summary>
internal sealed class ImageCheck(Findings findings)
{
    public async Task LookAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        var kept = await snapshot.ListAsync(
            "select hash, encode(sha256(bytes), 'hex') = hash from media", r => (Hash: r.GetString(0), Same: r.GetBoolean(1)), cancellationToken);
        foreach (var image in kept)
        {
            findings.Looked();
            if (!image.Same)
            {
                findings.Differs("media/" + image.Hash, "Its bytes are not those it was named for.");
            }
        }

        var lost = await snapshot.ListAsync(
            """
            select distinct p.account, p.id, i ->> 'hash' from post p, jsonb_array_elements(p.about -> 'images') i
            where p.about ? 'images' and not exists (select from media m where m.hash = i ->> 'hash')
            """,
            r => (Account: r.GetString(0), Post: r.GetGuid(1), Hash: r.GetString(2)),
            cancellationToken);
        foreach (var (account, post, hash) in lost)
        {
            findings.Differs("account/" + account, $"The post {post} shows an image {hash} that is not there.");
        }
    }
}
