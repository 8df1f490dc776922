namespace Coordination.FaultTests.Checker;

/// <summary>Proves a run's record right, or says what is wrong with it.</summary>
internal static class RunChecker
{
    /// <summary>All violations, in words.</summary>
    public static IReadOnlyList<string> Check(RunRecord run)
    {
        var facts = new Facts(run);
        return
        [
            .. StopMeansStop.Find(facts), .. NothingLost.Find(facts), .. AtMostOnce.Find(facts), .. Accountable.Find(facts),
            .. FailClosed.Find(facts), .. InsideAndOutside.Find(facts), .. Removals.Find(facts), .. Promises.Find(facts), .. ReadFirst.Find(facts),
        ];
    }
}
