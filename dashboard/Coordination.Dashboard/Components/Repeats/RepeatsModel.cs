using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Repeats;
using Coordination.Domain.People;
using Coordination.Domain.Schedule;
using Coordination.Storage.Repeats;

namespace Coordination.Dashboard.Components.Repeats;

/// <summary>The list of repeats, or one of them, and what is being done to it.</summary>
public sealed class RepeatsModel(IRepeatDesk desk)
{
    private const int PerPage = 50;
    private string? _next;

    /// <summary>The list; null before it was read.</summary>
    public List<RepeatRow>? Rows { get; private set; }

    /// <summary>The one that is open; null before it was read, or when there is none.</summary>
    public Repeat? One { get; private set; }

    /// <summary>Whether a first reading was done.</summary>
    public bool Read { get; private set; }

    /// <summary>Whether the last reading failed.</summary>
    public bool Problem { get; private set; }

    /// <summary>Whether there are more.</summary>
    public bool More => _next is not null;

    /// <summary>Why the last wish was not carried out; null when it was.</summary>
    public string? Wrong { get; private set; }

    /// <summary>Whether something is being done.</summary>
    public bool Busy { get; private set; }

    /// <summary>Reads the list from its beginning.</summary>
    public Task LoadAsync(string? ownerId, CancellationToken cancellationToken) => ReadAsync(
        async () =>
        {
            // As many as were on screen, so that it does not shrink under a hand.
            var page = await desk.ListAsync(ownerId, Math.Clamp(Rows?.Count ?? 0, PerPage, 200), null, cancellationToken);
            (Rows, _next) = ([.. page.Items], page.Next);
        },
        cancellationToken);

    /// <summary>Reads what comes after that.</summary>
    public Task MoreAsync(string? ownerId, CancellationToken cancellationToken) => ReadAsync(
        async () =>
        {
            var page = await desk.ListAsync(ownerId, PerPage, _next, cancellationToken);
            (Rows, _next) = ([.. Rows ?? [], .. page.Items], page.Next);
        },
        cancellationToken);

    /// <summary>Reads one.</summary>
    public Task FindAsync(Guid id, CancellationToken cancellationToken) => ReadAsync(async () => One = await desk.FindAsync(id, cancellationToken), cancellationToken);

    /// <summary>Stops the one that is open.</summary>
    public async Task StopAsync(string reason, Actor actor, CancellationToken cancellationToken)
    {
        if (Busy || One is not { } repeat)
        {
            return;
        }

        Busy = true;
        try
        {
            var answer = await desk.StopAsync(repeat.Id, reason, actor, cancellationToken);
            (Wrong, One) = (answer.Refusal?.Reason, answer.Repeat ?? One);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Wrong = "The database did not answer, so it is not known whether it was stopped. Press the button again: it cannot count twice.";
        }
        finally
        {
            Busy = false;
        }
    }

    /// <summary>How a repeat stands.</summary>
    /// <param name="repeat">The repeat.</param>
    /// <param name="left">Dates that are still to come.</param>
    public static Look LookOf(Repeat repeat, int left) => repeat.State switch
    {
        RepeatState.Halted => new Look("Makes no more posts", "warn", "attention"),
        RepeatState.Stopped => new Look("Stopped", "dash", "open"),
        _ => left == 0 ? new Look("Over", "ok", "open") : new Look("Goes on", "clock", "open"),
    };

    /// <summary>What has become of a date.</summary>
    public static Look LookOf(RepeatDate date, RepeatState repeat, DateTimeOffset now) => date.State switch
    {
        RepeatDateState.Made => new Look("In the calendar", "ok", "ok"),
        RepeatDateState.Refused => new Look(repeat == RepeatState.Active && date.DueAt > now ? "Refused, tried again" : "Refused, not made", "warn", "attention"),
        RepeatDateState.Skipped => new Look("Skipped", "clock", "attention"),
        RepeatDateState.Holiday => new Look("Left out", "dash", "open"),
        RepeatDateState.TakenBack => new Look("Taken back", "back", "open"),
        RepeatDateState.Kept => new Look("Stays", "ok", "approval"),
        _ => repeat == RepeatState.Active ? new Look("To come", "clock", "open") : new Look("Not made", "dash", "open"),
    };

    private async Task ReadAsync(Func<Task> read, CancellationToken cancellationToken)
    {
        try
        {
            await read();
            (Read, Problem) = (true, false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception)
        {
            Problem = true;
        }
    }
}
