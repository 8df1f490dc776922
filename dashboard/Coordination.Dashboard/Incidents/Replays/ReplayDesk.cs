using System.Globalization;
using Coordination.Domain;
using Coordination.Domain.Brigade;
using Coordination.Domain.Incidents.Replays;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;
using Coordination.Storage.People;

namespace Coordination.Dashboard.Incidents.Replays;

/// <summary>The replay as it is now, or why not.</summary>
public sealed record ReplayAnswer(Replay? Replay, Refusal? Refusal);

/// <summary>Where people start a replay of recorded incidents, stop it, have it wait and let it go on. All that comes of it is an exercise.</summary>
public sealed partial class ReplayDesk(IReplayStore replays, IStaffStore staff, ReplaySender sender, BrigadeMap map, TimeProvider time, ILogger<ReplayDesk> logger) : IDisposable
{
    /// <summary>How long past its time a report may be before the replay counts as late.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromSeconds(30);

    // What a host was about when it was stopped comes to its end, or to its lease's.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    // Making a hundred thousand reports is work: one at a time on a host.
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Starts one.</summary>
    /// <param name="wish">What is wanted.</param>
    /// <param name="run">Its id; the same again is the same replay.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<ReplayAnswer> StartAsync(ReplayWish wish, Guid run, Actor actor, CancellationToken cancellationToken)
    {
        if ((ReplayRules.Start(actor, wish.Reading.Rows.Count) ?? ReplayRules.Speed(wish.Speed)) is { } refusal)
        {
            return new ReplayAnswer(null, refusal);
        }

        if (await staff.FindAsync(ReplayReports.Source, cancellationToken) is not null)
        {
            return new ReplayAnswer(null, new Refusal(
                "replay-source-taken", $"A member of staff has the id '{ReplayReports.Source}', so nobody could tell whose report is whose. Nothing was started. Give them another id.", RefusalKind.Conflict));
        }

        var replay = await MakeAsync(run, wish, cancellationToken);
        if (replay.Reports.Count == 0)
        {
            return new ReplayAnswer(null, new Refusal("recording-invalid", $"No row makes a report: {replay.Faults[0].Words}. Nothing was started."));
        }

        if (replay.Reports[^1].Due > ReplayPlan.Longest)
        {
            return new ReplayAnswer(null, TooLong(replay.Reports[^1].Due));
        }

        switch (await replays.BeginAsync(replay, actor, cancellationToken))
        {
            case BeginOutcome.Other:
                return new ReplayAnswer(null, await OtherAsync(cancellationToken));
            case BeginOutcome.Real:
                return new ReplayAnswer(null, Real("Nothing was started."));
            default:
                LogStarted(run, replay.Reports.Count, wish.Speed, actor.Id);
                sender.Knock();
                return new ReplayAnswer(await replays.FindAsync(run, cancellationToken), null);
        }
    }

    /// <summary>The one that is not over, or else the last one; null when there never was one.</summary>
    public Task<Replay?> CurrentAsync(CancellationToken cancellationToken) => replays.CurrentAsync(cancellationToken);

    /// <summary>Ends a replay: once this answers it sends nothing more. What it made stays.</summary>
    public Task<ReplayAnswer> StopAsync(Guid id, Actor actor, CancellationToken cancellationToken) => StepAsync(id, ReplayStep.Stop, actor, cancellationToken);

    /// <summary>Has it wait.</summary>
    public Task<ReplayAnswer> PauseAsync(Guid id, Actor actor, CancellationToken cancellationToken) => StepAsync(id, ReplayStep.Pause, actor, cancellationToken);

    /// <summary>Lets it go on where it was.</summary>
    public Task<ReplayAnswer> ResumeAsync(Guid id, Actor actor, CancellationToken cancellationToken) => StepAsync(id, ReplayStep.Resume, actor, cancellationToken);

    /// <summary>Whether a replay that should send does not.</summary>
    public static bool IsLate(Replay replay, DateTimeOffset now) =>
        replay is { State: ReplayState.Running, NextAt: { } next } && new[] { next, replay.SentAt ?? next, replay.StateAt }.Max() + Late < now;

    /// <summary>There is no such replay.</summary>
    public static Refusal Unknown(string id) => new(
        "replay-unknown", $"There is no replay {Domain.Posts.StorableText.Clean(id, 40)}. Nothing was changed. GET /api/incidents/replays/current has the one that runs.", RefusalKind.NotFound);

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<NewReplay> MakeAsync(Guid run, ReplayWish wish, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => ReplayMaking.Make(run, wish, map, time.GetUtcNow()), cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<ReplayAnswer> StepAsync(Guid id, ReplayStep step, Actor actor, CancellationToken cancellationToken)
    {
        if (await replays.FindAsync(id, cancellationToken) is not { } replay)
        {
            return new ReplayAnswer(null, Unknown(id.ToString()));
        }

        if ((step == ReplayStep.Resume ? ReplayRules.Start(actor, replay.Total) : ReplayRules.Stop(actor)) is { } refusal)
        {
            return new ReplayAnswer(null, refusal);
        }

        var outcome = await replays.StepAsync(id, step, actor, cancellationToken);
        sender.Knock();
        var now = await SettledAsync(id, step, cancellationToken);
        return outcome switch
        {
            ReplayStepOutcome.Gone => new ReplayAnswer(null, Unknown(id.ToString())),
            ReplayStepOutcome.Over => new ReplayAnswer(now, new Refusal(
                "replay-over", $"The replay {(now!.State == ReplayState.Finished ? "has sent all of its reports" : $"was stopped by {now.StateName}")}. Nothing was changed.", RefusalKind.Conflict)),
            ReplayStepOutcome.Real => new ReplayAnswer(now, Real("The replay still waits.")),
            _ => Taken(now!, step, actor),
        };
    }

    private ReplayAnswer Taken(Replay now, ReplayStep step, Actor actor)
    {
        LogStep(now.Id, step, now.Sent, actor.Id);
        return new ReplayAnswer(now, null);
    }

    // Whoever stops it may rely on it: the one report that is on its way is waited for.
    private async Task<Replay?> SettledAsync(Guid id, ReplayStep step, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var now = await replays.FindAsync(id, cancellationToken);
        while (step != ReplayStep.Resume && now is { Sending: true } && time.GetElapsedTime(began) < Patience)
        {
            await Task.Delay(Look, time, cancellationToken);
            now = await replays.FindAsync(id, cancellationToken);
        }

        return now;
    }

    private async Task<Refusal> OtherAsync(CancellationToken cancellationToken)
    {
        var other = await replays.CurrentAsync(cancellationToken);
        return new Refusal(
            "replay-running",
            other is { } one && one.State.IsOpen()
                ? string.Create(CultureInfo.InvariantCulture, $"A replay is not over yet: {one.FileName}, started by {one.StartedName}, {one.Sent:#,0} of {one.Total:#,0} sent. There is one at a time. Nothing was started. Stop it first, or wait for its end.")
                : "Another replay was not over at that moment. Nothing was started. Try again.",
            RefusalKind.Conflict);
    }

    private static Refusal Real(string what) => new(
        "real-first", $"Something real is being decided: a rule proposes a hold, or one is being placed. {what} See to that first; then try again.", RefusalKind.Conflict);

    private static Refusal TooLong(TimeSpan lasts) => new(
        "replay-too-long",
        string.Create(CultureInfo.InvariantCulture, $"At this speed it would take {lasts.TotalDays:0.#} days; {ReplayPlan.Longest.TotalDays:0} is the most. Nothing was started. Choose a higher speed, or take a part of the file."));

    [LoggerMessage(1, LogLevel.Information, "The replay {Replay} was started: {Reports} reports at {Speed} times the speed, by {Staff}.")]
    private partial void LogStarted(Guid replay, int reports, int speed, string staff);

    [LoggerMessage(2, LogLevel.Information, "The replay {Replay}: {Step} after {Sent} reports, by {Staff}.")]
    private partial void LogStep(Guid replay, ReplayStep step, int sent, string staff);
}
