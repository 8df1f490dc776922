using Coordination.Domain.Incidents.Replays;
using Coordination.Domain.People;

namespace Coordination.Storage.Incidents;

/// <summary>A report of a replay, made before anything is sent.</summary>
/// <param name="Line">The line of the file that it was made of, its header being line 1.</param>
/// <param name="Due">When it is due, counted from the start.</param>
/// <param name="Report">The message, as it will be sent.</param>
public sealed record NewReplayReport(int Line, TimeSpan Due, string Report);

/// <summary>A row of a recording of which no report could be made.</summary>
/// <param name="Line">Its line, the header being line 1.</param>
/// <param name="Column">The column; null when the whole line is meant.</param>
/// <param name="Words">What is wrong, for people.</param>
public sealed record ReplayFault(int Line, string? Column, string Words);

/// <summary>A replay that somebody wants.</summary>
/// <param name="Id">Its id; the same again is the same replay.</param>
/// <param name="File">The file as it came.</param>
/// <param name="FileName">What it is called.</param>
/// <param name="Label">What its incidents are, for people.</param>
/// <param name="Columns">Which column holds what, by the fields' ids.</param>
/// <param name="Speed">Seconds of the recording in one second.</param>
/// <param name="BadRows">Rows of which no report could be made.</param>
/// <param name="Faults">The first of them.</param>
/// <param name="From">When the first was called in (UTC).</param>
/// <param name="To">When the last was (UTC).</param>
/// <param name="Reports">Its reports, by when they are due; at least one, and each of an exercise.</param>
public sealed record NewReplay(
    Guid Id, ReadOnlyMemory<byte> File, string FileName, string Label, IReadOnlyDictionary<string, string> Columns, int Speed, int BadRows, IReadOnlyList<ReplayFault> Faults,
    DateTimeOffset From, DateTimeOffset To, IReadOnlyList<NewReplayReport> Reports);

/// <summary>A replay and how far it is.</summary>
public sealed record Replay
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What its incidents' numbers have after <see cref="ReplayReports.NumberPrefix"/>.</summary>
    public required string Tag { get; init; }

    /// <summary>SHA-256 of the file, in hexadecimal.</summary>
    public required string FileHash { get; init; }

    /// <summary>What the file is called.</summary>
    public required string FileName { get; init; }

    /// <summary>What its incidents are, for people.</summary>
    public required string Label { get; init; }

    /// <summary>Seconds of the recording in one second.</summary>
    public required int Speed { get; init; }

    /// <summary>How many reports it has.</summary>
    public required int Total { get; init; }

    /// <summary>How many of them were sent.</summary>
    public required int Sent { get; init; }

    /// <summary>When the last one was (UTC); null for none yet.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>What was decided of that one.</summary>
    public string? LastDecision { get; init; }

    /// <summary>Its incident's number.</summary>
    public string? LastNumber { get; init; }

    /// <summary>The line of the file that it was made of.</summary>
    public int? LastLine { get; init; }

    /// <summary>When the next one is due (UTC), if nothing makes it wait; null when all were sent.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>When the last one is due (UTC), if nothing makes it wait.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>How long it takes from the first report to the last, pauses left out.</summary>
    public required TimeSpan Lasts { get; init; }

    /// <summary>Rows of which no report could be made.</summary>
    public required int BadRows { get; init; }

    /// <summary>The first of them.</summary>
    public required IReadOnlyList<ReplayFault> Faults { get; init; }

    /// <summary>When the first of its incidents was called in (UTC).</summary>
    public required DateTimeOffset RecordedFrom { get; init; }

    /// <summary>When the last was (UTC).</summary>
    public required DateTimeOffset RecordedTo { get; init; }

    /// <summary>When it was started (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>By whom.</summary>
    public required string StartedName { get; init; }

    /// <summary>How far it is.</summary>
    public required ReplayState State { get; init; }

    /// <summary>Since when (UTC).</summary>
    public required DateTimeOffset StateAt { get; init; }

    /// <summary>Who, or what, brought it there.</summary>
    public required string StateName { get; init; }

    /// <summary>Why it pauses; null when it does not.</summary>
    public ReplayPause? Pause { get; init; }

    /// <summary>What that is about: a number, a hold, a message, how many.</summary>
    public string? About { get; init; }

    /// <summary>Whether a host is about one of its reports at this moment.</summary>
    public required bool Sending { get; init; }

    /// <summary>How many of its shadow holds and proposals stand.</summary>
    public required int Shadows { get; init; }

    /// <summary>How many of its messages wait for a person.</summary>
    public required int Waiting { get; init; }
}

/// <summary>A replay that this host sends.</summary>
/// <param name="Id">The replay.</param>
/// <param name="Lease">What it is sent under; every step names it.</param>
/// <param name="StartedName">Who started it.</param>
public sealed record ClaimedReplay(Guid Id, Guid Lease, string StartedName);

/// <summary>What a replay has to do next.</summary>
public abstract record ReplayNext
{
    private ReplayNext()
    {
    }

    /// <summary>A report is due.</summary>
    /// <param name="N">Which one, from 1.</param>
    /// <param name="Report">The message.</param>
    public sealed record Send(int N, string Report) : ReplayNext;

    /// <summary>None is due yet.</summary>
    /// <param name="For">For how long.</param>
    public sealed record Wait(TimeSpan For) : ReplayNext;

    /// <summary>It is another host's by now, or it sends nothing more, or pauses.</summary>
    public sealed record Over : ReplayNext;
}

/// <summary>What came of a wish to start a replay.</summary>
public enum BeginOutcome
{
    /// <summary>It runs.</summary>
    Done,

    /// <summary>This very one was started before.</summary>
    Already,

    /// <summary>Another one is not over.</summary>
    Other,

    /// <summary>Something real is being decided.</summary>
    Real,
}

/// <summary>A person's step.</summary>
public enum ReplayStep
{
    /// <summary>End it.</summary>
    Stop,

    /// <summary>Have it wait.</summary>
    Pause,

    /// <summary>Let it go on.</summary>
    Resume,
}

/// <summary>What came of a step.</summary>
public enum ReplayStepOutcome
{
    /// <summary>It was taken.</summary>
    Done,

    /// <summary>It was taken before.</summary>
    Already,

    /// <summary>The replay has ended.</summary>
    Over,

    /// <summary>Something real is being decided.</summary>
    Real,

    /// <summary>There is no such replay.</summary>
    Gone,
}

/// <summary>Replays of recorded incidents: one at a time, and each one host's at a time. Journal stream: <c>replay/</c> and the id.</summary>
public interface IReplayStore
{
    /// <summary>Starts one, with all its reports. Repeating it is safe.</summary>
    Task<BeginOutcome> BeginAsync(NewReplay replay, Actor actor, CancellationToken cancellationToken);

    /// <summary>The one that is not over, or else the last one; null when there never was one.</summary>
    Task<Replay?> CurrentAsync(CancellationToken cancellationToken);

    /// <summary>One; null when there is none of that id.</summary>
    Task<Replay?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Takes the one that sends, when no host works at it; nobody else gets it before the lease is over.</summary>
    Task<ClaimedReplay?> ClaimAsync(TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>What comes next, and some more time for it. Here it pauses when anything real has come.</summary>
    Task<ReplayNext> NextAsync(ClaimedReplay replay, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Writes down that a report was sent.</summary>
    /// <returns>False when the replay is another host's by now: nothing was changed.</returns>
    Task<bool> NoteAsync(ClaimedReplay replay, TimeSpan lease, int n, Guid message, string decision, CancellationToken cancellationToken);

    /// <summary>Lets another host have it.</summary>
    Task ReleaseAsync(ClaimedReplay replay, CancellationToken cancellationToken);

    /// <summary>Takes a person's step. Repeating it is safe.</summary>
    Task<ReplayStepOutcome> StepAsync(Guid id, ReplayStep step, Actor actor, CancellationToken cancellationToken);
}
