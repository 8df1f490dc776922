namespace Coordination.Storage.Verification;

/// <summary>Gathers what one check looks at and finds. Keeps the first differences and counts the rest, so that a spoilt database cannot fill the memory.</summary>
internal sealed class Findings(CheckKind kind)
{
    private readonly List<Difference> _differences = [];
    private readonly List<string> _notes = [];
    private long _looked;
    private long _found;
    private long _noted;

    public void Looked(long count = 1) => _looked += count;

    public void Differs(string stream, string words, long? number = null, long? sequence = null)
    {
        _found++;
        if (_differences.Count < VerificationCheck.Kept)
        {
            _differences.Add(new Difference(stream, number, sequence, words));
        }
    }

    public void Note(string words)
    {
        _noted++;
        if (_notes.Count < VerificationCheck.NotesKept)
        {
            _notes.Add(words);
        }
    }

    public VerificationCheck ToCheck() => new(
        kind, _looked, _found, _differences, _noted > _notes.Count ? [.. _notes, FormattableString.Invariant($"{_noted - _notes.Count} more of this kind.")] : _notes);
}

/// <summary>The findings of all checks of one run.</summary>
internal sealed class AllFindings
{
    private readonly Dictionary<CheckKind, Findings> _byKind = Enum.GetValues<CheckKind>().ToDictionary(kind => kind, kind => new Findings(kind));

    public Findings this[CheckKind kind] => _byKind[kind];

    public IReadOnlyList<VerificationCheck> ToChecks() => [.. _byKind.OrderBy(pair => pair.Key).Select(pair => pair.Value.ToCheck())];
}
