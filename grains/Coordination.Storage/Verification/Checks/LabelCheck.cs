namespace Coordination.Storage.Verification.Checks;

/// <summary>The history of labels, which the fence and its view go by, says what the journal says, in the same order.</summary>
internal sealed class LabelCheck(Findings findings)
{
    public void Look(AccountFile file, IReadOnlyList<LabelRow> rows)
    {
        findings.Looked(rows.Count);
        if (file.Gap is { } gap)
        {
            findings.Note($"{file.Stream} was not compared: {gap}.");
            return;
        }

        for (var i = 0; i < Math.Max(rows.Count, file.Labels.Count); i++)
        {
            if (i >= rows.Count)
            {
                findings.Differs(file.Stream, "The history of labels lacks this change.", file.Labels[i].Number);
            }
            else if (i >= file.Labels.Count)
            {
                findings.Differs(file.Stream, "The history of labels has a change that the journal has not.", sequence: rows[i].Sequence);
            }
            else if (!rows[i].Says(file.Labels[i].Labels))
            {
                findings.Differs(file.Stream, $"The history of labels has other labels at sequence {rows[i].Sequence} than this entry.", file.Labels[i].Number);
            }
            else if (!LabelTimeline.Fits(file.Labels[i], rows[i]))
            {
                findings.Differs(
                    file.Stream,
                    $"The history of labels puts this change at sequence {rows[i].Sequence}; the entries around it leave {file.Labels[i].After + 1} to {Same.Show(file.Labels[i].Before - 1 ?? (object)"now")}.",
                    file.Labels[i].Number);
            }
        }
    }
}
