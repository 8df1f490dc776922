namespace Coordination.Storage.Anchors;

/// <summary>What a comparison of anchors with the journal showed.</summary>
/// <param name="Anchors">Anchors read.</param>
/// <param name="Last">When the last one was made; null without any.</param>
/// <param name="Heads">Entries that were looked up.</param>
/// <param name="Faults">What does not agree, in words, the first <see cref="AnchorVerifier.MostFaults"/>.</param>
/// <param name="Found">How many there are in all.</param>
public sealed record AnchorVerdict(long Anchors, DateTimeOffset? Last, long Heads, IReadOnlyList<string> Faults, long Found);

/// <summary>
/// Compares anchors that were kept elsewhere with the journal as it is now: whoever rewrites an entry, and every hash after it, leaves a chain that fits
/// together and another hash than the one that was anchored.
/// </summary>
public sealed class AnchorVerifier(AnchorSource source)
{
    /// <summary>Most faults that are named.</summary>
    public const int MostFaults = 50;

    private const int AtOnce = 1_000;
    private readonly List<string> _faults = [];
    private long _found;

    /// <summary>Compares them.</summary>
    /// <param name="lines">The file's lines.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<AnchorVerdict> VerifyAsync(IAsyncEnumerable<string> lines, CancellationToken cancellationToken)
    {
        var (number, anchors, heads) = (0L, 0L, 0L);
        var (last, broken) = ((Anchor?)null, (long?)null);
        var waiting = new List<AnchorHead>();
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            number++;
            if (Anchor.Read(line) is not { } anchor)
            {
                // Cut off when its host died, if what follows goes on from the last whole one; changed by somebody otherwise.
                broken ??= number;
                continue;
            }

            if (anchor.Former != last?.Sha256 || anchor.Number != (last?.Number ?? 0) + 1)
            {
                Fault($"Line {number} of the file does not follow the one before it{(broken is { } cut ? $" (line {cut} cannot be read)" : "")}: anchors were changed, taken out or put in there.");
            }

            (last, broken, anchors) = (anchor, null, anchors + 1);
            waiting.AddRange(anchor.Heads);
            heads += anchor.Heads.Count;
            if (waiting.Count >= AtOnce)
            {
                await CompareAsync(waiting, cancellationToken);
                waiting.Clear();
            }
        }

        // Nothing follows that could show whether it was cut off or changed.
        if (broken is { } end)
        {
            Fault($"Line {end} of the file, after the last whole one, cannot be read: its host died while it wrote and has not come back, or somebody changed it.");
        }

        await CompareAsync(waiting, cancellationToken);
        return new AnchorVerdict(anchors, last?.At, heads, _faults, _found);
    }

    private async Task CompareAsync(List<AnchorHead> heads, CancellationToken cancellationToken)
    {
        if (heads.Count == 0)
        {
            return;
        }

        foreach (var (head, hash) in heads.Zip(await source.HashesAsync(heads, cancellationToken)))
        {
            if (hash is null)
            {
                Fault($"{head.Stream}: entry {head.Number} was anchored and is not in the journal any more.");
            }
            else if (!string.Equals(hash, head.Hash, StringComparison.Ordinal))
            {
                Fault($"{head.Stream}: entry {head.Number}, or one before it, is not the one that was anchored: the record was rewritten.");
            }
        }
    }

    private void Fault(string words)
    {
        _found++;
        if (_faults.Count < MostFaults)
        {
            _faults.Add(words);
        }
    }
}
