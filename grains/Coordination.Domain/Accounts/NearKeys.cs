namespace Coordination.Domain.Accounts;

/// <summary>Finds what somebody may have meant by the key of an account that does not exist.</summary>
public static class NearKeys
{
    /// <summary>Most keys that are suggested.</summary>
    public const int Most = 3;

    private const int FarthestSpelling = 2;

    /// <summary>The nearest keys, best first: the same handle on another platform, then another spelling by at most two letters, then a longer or shorter handle.</summary>
    /// <remarks>One pass without an index, for the moment of a refusal: some tens of milliseconds over 100,000 keys.</remarks>
    public static IReadOnlyList<AccountKey> Of(AccountKey wanted, IEnumerable<AccountKey> known) =>
    [
        .. known.Select(key => (Key: key, Distance: Distance(wanted, key)))
            .Where(near => near.Distance < int.MaxValue)
            .OrderBy(near => near.Distance).ThenBy(near => near.Key)
            .Take(Most)
            .Select(near => near.Key),
    ];

    private static int Distance(AccountKey wanted, AccountKey key)
    {
        var (a, b) = (wanted.Handle, key.Handle);
        if (string.Equals(a, b, StringComparison.Ordinal))
        {
            return 0;
        }

        if (!string.Equals(wanted.PlatformId, key.PlatformId, StringComparison.Ordinal))
        {
            return int.MaxValue;
        }

        return Spelling(a, b) is <= FarthestSpelling and var distance
            ? distance
            : a.Contains(b, StringComparison.Ordinal) || b.Contains(a, StringComparison.Ordinal) ? FarthestSpelling + 1 : int.MaxValue;
    }

    // Levenshtein's distance, given up as soon as it must be too far.
    private static int Spelling(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > FarthestSpelling)
        {
            return int.MaxValue;
        }

        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var (diagonal, least) = (row[0], row[0] = i);
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
                least = Math.Min(least, row[j]);
            }

            if (least > FarthestSpelling)
            {
                return int.MaxValue;
            }
        }

        return row[b.Length];
    }
}
