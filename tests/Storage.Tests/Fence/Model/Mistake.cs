namespace Coordination.Storage.Tests.Fence.Model;

/// <summary>A rule of the fence taken out of the model.</summary>
public enum Mistake
{
    /// <summary>The protocol as it is.</summary>
    None,

    /// <summary>Rule 2: locks and looks in one statement, so that it looks into a snapshot older than its lock.</summary>
    LooksBeforeItLocks,

    /// <summary>Rule 2b: does not take the fence's lock.</summary>
    TakesNoFence,

    /// <summary>Rule 4b: a lifted hold stops nothing that fell due under it.</summary>
    ForgetsLiftedHolds,

    /// <summary>Rule 5: lists only permits whose life is not over.</summary>
    ListsLivePermitsOnly,

    /// <summary>Rule 5: does not list what recovery has given up as unknown, which may still be on the wire.</summary>
    ListsNothingUnknown,

    /// <summary>Rule 8: a person's change does not look for an open permit.</summary>
    ChangesWhatIsBeingSent,

    /// <summary>Rule 10: recovery that finds nothing takes it that nothing was sent.</summary>
    GuessesNotSent,

    /// <summary>Rule 3: a new permit does not ask what became of the former one.</summary>
    TakesASecondPermit,
}
