using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Schedule;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Repeats;

namespace Coordination.Dashboard.Repeats;

/// <summary>One date that a wish would have.</summary>
/// <param name="When">The time on the wall, its moment, and what the clocks make of it.</param>
/// <param name="Holiday">The bank holiday of that day; null on any other.</param>
/// <param name="LeftOut">Whether it would be left out for the holiday.</param>
/// <param name="Quiet">Whether it lies in the quiet hours of Comms' rules, and they count for it.</param>
public sealed record RepeatForecast(WallTime When, string? Holiday, bool LeftOut, bool Quiet);

/// <summary>What a wish would come to.</summary>
/// <param name="Refusal">Why it would be refused; null when it would not.</param>
/// <param name="Dates">Its dates, soonest first.</param>
public sealed record RepeatPreview(Refusal? Refusal, IReadOnlyList<RepeatForecast> Dates);

/// <summary>What came of a wish about a repeat.</summary>
/// <param name="Refusal">Why nothing was done; null when it was.</param>
/// <param name="Repeat">The repeat as it is now; null when it was refused.</param>
public sealed record RepeatResult(Refusal? Refusal, Repeat? Repeat);

/// <summary>Where posts that come back are asked for, by pages and API alike.</summary>
public interface IRepeatDesk
{
    /// <summary>What a wish would come to. Nothing is kept.</summary>
    Task<RepeatPreview> PreviewAsync(RepeatWish wish, Actor actor, CancellationToken cancellationToken);

    /// <summary>Starts a repeat. Its id is derived from the operation id, so a repeat of the wish finds it.</summary>
    Task<RepeatResult> StartAsync(RepeatWish wish, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Stops a repeat: nothing more is made of it, and what was made, is not due yet and is still as written is taken back.</summary>
    Task<RepeatResult> StopAsync(Guid id, string reason, Actor actor, CancellationToken cancellationToken);

    /// <summary>Whether a person may stop it.</summary>
    bool MayStop(Repeat repeat, Actor actor);

    /// <summary>One with its dates; null when there is none.</summary>
    Task<Repeat?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>All of them, or one person's, started last first.</summary>
    Task<Page<RepeatRow>> ListAsync(string? ownerId, int limit, string? cursor, CancellationToken cancellationToken);
}
