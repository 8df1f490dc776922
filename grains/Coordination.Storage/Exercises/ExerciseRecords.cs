namespace Coordination.Storage.Exercises;

/// <summary>How far a stand-in is.</summary>
public enum StandInState
{
    /// <summary>It waits, or is being sent.</summary>
    Queued,

    /// <summary>What it says is out on the exercise network.</summary>
    Out,

    /// <summary>It was given up; a person may have it tried again.</summary>
    Failed,

    /// <summary>The exercise was ended before it was out: it is not sent any more.</summary>
    Stopped,
}

/// <summary>A line to write down.</summary>
/// <param name="Id">Its operation id: the same again is the same line.</param>
/// <param name="Takeover">The shadow that it is for.</param>
/// <param name="StandIns">Account key, name and marked words of each.</param>
/// <param name="Beyond">Covered accounts without a stand-in.</param>
public sealed record NewExerciseLine(Guid Id, Guid Takeover, IReadOnlyList<NewStandIn> StandIns, int Beyond);

/// <summary>A stand-in to write down.</summary>
public sealed record NewStandIn(string Account, string Name, string Words);

/// <summary>What came of writing a line down.</summary>
public enum WriteOutcome
{
    /// <summary>It is written; it goes out by itself.</summary>
    Done,

    /// <summary>It was written before.</summary>
    Already,

    /// <summary>The shadow has another line.</summary>
    Other,

    /// <summary>The shadow does not stand, or wants no line.</summary>
    Over,

    /// <summary>It is no exercise.</summary>
    Real,

    /// <summary>There is no such shadow.</summary>
    Gone,
}

/// <summary>A line, and where each of its stand-ins is.</summary>
public sealed record ExerciseLine
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The shadow that it is for.</summary>
    public required Guid Takeover { get; init; }

    /// <summary>When it was written (UTC).</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>Name of who wrote it.</summary>
    public required string WrittenBy { get; init; }

    /// <summary>Covered accounts without a stand-in, because only so many have one.</summary>
    public required int Beyond { get; init; }

    /// <summary>Its stand-ins, by account.</summary>
    public required IReadOnlyList<StandInRow> StandIns { get; init; }

    /// <summary>How many are in a state.</summary>
    public int Count(StandInState state) => StandIns.Count(s => s.State == state);

    /// <summary>When the first was out (UTC); null while none is.</summary>
    public DateTimeOffset? FirstOut => StandIns.Min(s => s.OutAt);

    /// <summary>When the last was out (UTC); null while one may still go out.</summary>
    public DateTimeOffset? LastOut => Count(StandInState.Queued) > 0 ? null : StandIns.Max(s => s.OutAt);
}

/// <summary>One stand-in of a line.</summary>
/// <param name="Account">The key of the account that it stands in for.</param>
/// <param name="Name">Its name.</param>
/// <param name="Words">What it says.</param>
/// <param name="State">How far it is.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="OutAt">When it was out (UTC).</param>
/// <param name="Address">Where it can be seen.</param>
/// <param name="LastError">Why the last attempt was in vain.</param>
public sealed record StandInRow(string Account, string Name, string Words, StandInState State, int Attempts, DateTimeOffset? OutAt, string? Address, string? LastError);

/// <summary>That somebody has seen what is real.</summary>
/// <param name="Takeover">The takeover; null for a hold that none placed.</param>
/// <param name="HoldId">The hold; null while there is none.</param>
/// <param name="At">When (UTC).</param>
/// <param name="By">Their name.</param>
public sealed record RealSeen(Guid? Takeover, string? HoldId, DateTimeOffset At, string By);

/// <summary>What came of saying that something real was seen.</summary>
public enum SeenOutcome
{
    /// <summary>It is on record.</summary>
    Done,

    /// <summary>Somebody said so before.</summary>
    Already,

    /// <summary>No exercise stands, so nothing was kept from the screen.</summary>
    Calm,

    /// <summary>There is no such takeover or hold.</summary>
    Gone,
}
