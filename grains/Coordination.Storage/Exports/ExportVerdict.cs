namespace Coordination.Storage.Exports;

/// <summary>What recomputing an export showed.</summary>
/// <param name="Manifest">What the export says of itself.</param>
/// <param name="ManifestSha256">SHA-256 of the manifest: what the journal's entry <c>export-finished</c> has, when the export is the one that was made.</param>
/// <param name="Entries">Entries looked at.</param>
/// <param name="Found">How many faults were found, those that are only counted included.</param>
/// <param name="Faults">The first of them, each in one line that says where.</param>
public sealed record ExportVerdict(ExportManifest Manifest, string ManifestSha256, long Entries, long Found, IReadOnlyList<string> Faults)
{
    /// <summary>Whether nothing differs.</summary>
    public bool Agrees => Found == 0;
}

/// <summary>The file cannot be read as an export, so nothing is known of it. The message says why, in words for people.</summary>
public sealed class ExportUnreadableException : Exception
{
    /// <summary>Makes one without words.</summary>
    public ExportUnreadableException()
    {
    }

    /// <summary>Makes one.</summary>
    public ExportUnreadableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its cause.</summary>
    public ExportUnreadableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Collects faults: the first ones are told, the rest is counted.</summary>
internal sealed class ExportFaults
{
    private readonly List<string> _first = [];

    public long Found { get; private set; }

    public IReadOnlyList<string> First => _first;

    public void Add(FormattableString words)
    {
        if (++Found <= ExportLimits.FaultsKept)
        {
            _first.Add(OneLine(FormattableString.Invariant(words)));
        }
    }

    // What a file says of itself is shown, but it writes nothing on the reader's screen.
    private static string OneLine(string words)
    {
        var line = string.Concat(words.Select(c => char.IsControl(c) ? '?' : c));
        return line.Length > 400 ? line[..400] + "..." : line;
    }
}
