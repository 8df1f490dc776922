using System.Data.Common;
using Coordination.Contracts;
using Coordination.Dashboard.Incidents.Replays;
using Coordination.Dashboard.Incidents.Trials;
using Coordination.Domain;
using Coordination.Domain.Incidents.Replays;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Components.Replays;

/// <summary>The page on which a replay is started: the file, its columns, the speed, how long it will take.</summary>
public sealed class ReplayModel(ReplayDesk desk)
{
    private readonly Dictionary<string, string> _said = new(StringComparer.Ordinal);
    private byte[] _file = [];
    private Guid _run = Guid.NewGuid();
    private int _speed = ReplayPlan.UsualSpeed;

    /// <summary>The chosen file's name.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>What was read of it; null when none is chosen.</summary>
    public RecordedReading? Reading { get; private set; }

    /// <summary>What went wrong, in words; null when nothing did.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether a file is read or a replay is started.</summary>
    public bool Busy { get; private set; }

    /// <summary>How many reports it would send at most; 0 when nothing can be replayed.</summary>
    public int Reports => Reading is RecordedReading.Accepted { Rows.Count: var rows } ? rows : 0;

    /// <summary>How long it would take; null when nothing can be replayed.</summary>
    public TimeSpan? Lasts { get; private set; }

    /// <summary>Seconds of the recording in one second.</summary>
    public int Speed
    {
        get => _speed;
        set
        {
            _speed = value;
            Measure();
        }
    }

    /// <summary>Why this person may not start it as it is; null when they may, or nothing is chosen.</summary>
    public Refusal? Unfit(Actor actor) => Reports == 0 ? null
        : ReplayRules.Start(actor, Reports) ?? ReplayRules.Speed(Speed)
            ?? (Lasts > ReplayPlan.Longest ? new Refusal("replay-too-long", "That would take more than 14 days. Choose a higher speed, or take a part of the file.") : null);

    /// <summary>Says that a file is refused unread.</summary>
    public void Refuse(string name, string why)
    {
        (FileName, _file, Reading, Problem, Lasts) = (name, [], null, why, null);
        _said.Clear();
    }

    /// <summary>Takes a file and reads it.</summary>
    public Task TakeAsync(string name, byte[] content, CancellationToken cancellationToken)
    {
        (FileName, _file, Problem, _run) = (name, content, null, Guid.NewGuid());
        _said.Clear();
        return ReadAsync(cancellationToken);
    }

    /// <summary>Says which column holds a field, empty for none, and reads the file again.</summary>
    public Task SetColumnAsync(string field, string column, CancellationToken cancellationToken)
    {
        _said[field] = column;
        return ReadAsync(cancellationToken);
    }

    /// <summary>Starts the replay.</summary>
    /// <returns>Whether it runs.</returns>
    public async Task<bool> StartAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (Busy || Reading is not RecordedReading.Accepted accepted)
        {
            return false;
        }

        (Busy, Problem) = (true, null);
        try
        {
            // The same id until it is known to run: pressed again after a lost answer, it is the same replay.
            Problem = (await desk.StartAsync(new ReplayWish(_file, FileName, accepted, Speed), _run, actor, cancellationToken)).Refusal?.Reason;
            if (Problem is null)
            {
                (FileName, _file, Reading, Lasts, _run) = ("", [], null, null, Guid.NewGuid());
            }
        }
        catch (Exception e) when (e is StoreUnavailableException or DbException or TimeoutException)
        {
            Problem = "The database does not answer, so it is not known whether the replay was started. Press the button again: it starts once.";
        }
        finally
        {
            Busy = false;
        }

        return Problem is null;
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        Busy = true;
        try
        {
            Reading = await RuleTrial.ReadAsync(_file, new Dictionary<string, string>(_said, StringComparer.Ordinal), cancellationToken);
            Measure();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page is gone.
        }
        finally
        {
            Busy = false;
        }
    }

    private void Measure() => Lasts = Reading is RecordedReading.Accepted accepted && ReplayRules.Speed(Speed) is null
        ? ReplayPlan.Lasts([.. accepted.Rows.Select(r => r.At).Order()], Speed)
        : null;
}
