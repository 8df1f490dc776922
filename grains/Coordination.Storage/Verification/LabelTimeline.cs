using Coordination.Domain.Accounts;

namespace Coordination.Storage.Verification;

/// <summary>Which labels an account had at which sequence number: what they were is the journal's word alone.</summary>
/// <remarks>
/// A change of labels draws a sequence number that its entry does not carry; the entries around it bound it. The label history's
/// number is taken where it lies within those bounds; else the change counts from its lower bound on. For the account's own
/// permits, which are entries of the same stream, both give the same answer.
/// </remarks>
internal sealed class LabelTimeline
{
    private readonly List<(long From, AccountLabels Labels)> _spans = [];

    public LabelTimeline(IReadOnlyList<LabelChange> changes, IReadOnlyList<LabelRow> rows)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            _spans.Add((i < rows.Count && Fits(changes[i], rows[i]) ? rows[i].Sequence : changes[i].After, changes[i].Labels));
        }
    }

    /// <summary>Whether a row's number lies where its entry does.</summary>
    public static bool Fits(LabelChange change, LabelRow row) =>
        row.Sequence > change.After && (change.Before is not { } before || row.Sequence < before);

    /// <summary>The labels at a sequence number; null before there was an account.</summary>
    public AccountLabels? At(long sequence)
    {
        var index = _spans.FindLastIndex(s => s.From < sequence);
        return index < 0 ? null : _spans[index].Labels;
    }

    /// <summary>Each labelling with the sequence numbers between which it held; the last one has no end.</summary>
    public IEnumerable<(long From, long? To, AccountLabels Labels)> Spans() =>
        _spans.Select((s, i) => (s.From, i + 1 < _spans.Count ? (long?)_spans[i + 1].From : null, s.Labels));
}

/// <summary>A row of the label history.</summary>
internal sealed record LabelRow(string Account, long Sequence, string Platform, string Kind, string? Area, string? Station, string? Department)
{
    public bool Says(AccountLabels labels) =>
        string.Equals(Platform, labels.Platform, StringComparison.Ordinal)
        && string.Equals(Kind, labels.Kind.Id(), StringComparison.Ordinal)
        && string.Equals(Area, labels.Area, StringComparison.Ordinal)
        && string.Equals(Station, labels.Station, StringComparison.Ordinal)
        && string.Equals(Department, labels.Department, StringComparison.Ordinal);
}
