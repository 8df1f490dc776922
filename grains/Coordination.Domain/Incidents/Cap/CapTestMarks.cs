namespace Coordination.Domain.Incidents.Cap;

/// <summary>Finds out whether a part of a message is a test.</summary>
internal static class CapTestMarks
{
    /// <summary>What the marks say; null when there is none.</summary>
    public static TestMarkMeaning? Judge(CapMessage message, CapInfo info, CapIntakePolicy policy)
    {
        if (info.EventCodes.Any(c => policy.TestEventCodes.Contains(c.Value)))
        {
            return TestMarkMeaning.IsTest;
        }

        TestMarkMeaning? worst = null;
        foreach (var mark in policy.TestMarks.Where(m => IsIn(m, message, info)))
        {
            if (mark.Meaning is TestMarkMeaning.IsTest)
            {
                return TestMarkMeaning.IsTest;
            }

            worst = mark.Meaning;
        }

        return worst;
    }

    private static bool IsIn(TestMark mark, CapMessage message, CapInfo info) =>
        (mark.Fields.HasFlag(TestMarkFields.Event) && mark.IsIn(info.Event))
        || (mark.Fields.HasFlag(TestMarkFields.Headline) && mark.IsIn(info.Headline))
        || (mark.Fields.HasFlag(TestMarkFields.Text) && (mark.IsIn(info.Description) || mark.IsIn(message.Note)));
}
