namespace Coordination.Domain.Incidents.Cap;

/// <summary>Finds out which parts of a message are tests.</summary>
internal static class CapTestMarks
{
    /// <summary>What the marks say of each info block; null where there is none.</summary>
    public static List<(CapInfo Info, TestMarkMeaning? Mark)> Judge(CapMessage message, CapIntakePolicy policy)
    {
        // The note belongs to the whole message: read once, however many blocks there are.
        var note = Worst(policy.TestMarks.Where(m => m.Fields.HasFlag(TestMarkFields.Text) && m.IsIn(message.Note)).Select(m => m.Meaning));
        return [.. message.Infos.Select(i => (i, Worst([.. Meanings(i, policy), .. note is { } n ? new[] { n } : []])))];
    }

    private static IEnumerable<TestMarkMeaning> Meanings(CapInfo info, CapIntakePolicy policy)
    {
        if (info.EventCodes.Any(c => policy.TestEventCodes.Contains(c.Value)))
        {
            yield return TestMarkMeaning.IsTest;
        }

        foreach (var mark in policy.TestMarks.Where(m => IsIn(m, info)))
        {
            yield return mark.Meaning;
        }
    }

    private static TestMarkMeaning? Worst(IEnumerable<TestMarkMeaning> meanings)
    {
        TestMarkMeaning? worst = null;
        foreach (var meaning in meanings)
        {
            worst = meaning is TestMarkMeaning.IsTest ? meaning : worst ?? meaning;
        }

        return worst;
    }

    private static bool IsIn(TestMark mark, CapInfo info) =>
        (mark.Fields.HasFlag(TestMarkFields.Event) && mark.IsIn(info.Event))
        || (mark.Fields.HasFlag(TestMarkFields.Headline) && mark.IsIn(info.Headline))
        || (mark.Fields.HasFlag(TestMarkFields.Text) && mark.IsIn(info.Description));
}
