using Coordination.Domain.People;
using Coordination.Domain.Schedule;
using Coordination.Storage.ReadModel;

namespace Coordination.Storage.Repeats;

/// <summary>What came of a wish to start a repeat.</summary>
public enum RepeatAnswer
{
    /// <summary>It is started, or was already, just so.</summary>
    Started,

    /// <summary>Another wish had this id. Nothing was changed.</summary>
    Reused,

    /// <summary>Its owner has as many as they may have. Nothing was changed.</summary>
    TooMany,
}

/// <summary>A repeat in a list: what it is, and how it stands.</summary>
/// <param name="Repeat">The repeat, without its dates.</param>
/// <param name="Next">Its next dates, soonest first, at most three.</param>
/// <param name="Left">Dates that are still to come.</param>
/// <param name="Refused">Dates to come that an account refuses.</param>
/// <param name="Skipped">Dates that were left out because their time had passed.</param>
public sealed record RepeatRow(Repeat Repeat, IReadOnlyList<DateTimeOffset> Next, int Left, int Refused, int Skipped);

/// <summary>Keeps repeats.</summary>
public interface IRepeatStore
{
    /// <summary>Starts one, with all its dates. A repeat of what is there changes nothing.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="wish">What is wished.</param>
    /// <param name="dates">The times on the wall, in order.</param>
    /// <param name="actor">Its owner.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<RepeatAnswer> StartAsync(Guid id, RepeatWish wish, IReadOnlyList<WallTime> dates, Actor actor, CancellationToken cancellationToken);

    /// <summary>Ends one: stopped by a person, or halted by the service. One that has ended so already stays as it is.</summary>
    /// <returns>Whether there is one of that id.</returns>
    Task<bool> EndAsync(Guid id, RepeatState state, string why, Actor actor, CancellationToken cancellationToken);

    /// <summary>One with its dates; null when there is none.</summary>
    Task<Repeat?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>All of them, started last first.</summary>
    /// <param name="ownerId">Whose; null for everybody's.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cursor">Where the last page ended; null for the first.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<Page<RepeatRow>> ListAsync(string? ownerId, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>Takes repeats with something to do, for a lease; whoever dies with one loses it after that.</summary>
    Task<IReadOnlyList<Guid>> ClaimAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Notes that accounts are about to be asked for these posts.</summary>
    /// <returns>False when the repeat has ended: then nobody may be asked.</returns>
    Task<bool> TryAsync(Guid id, IReadOnlyCollection<Guid> posts, CancellationToken cancellationToken);

    /// <summary>Records what became of dates, and gives the lease back.</summary>
    /// <param name="id">The repeat.</param>
    /// <param name="workedAs">The state that it had when the work began.</param>
    /// <param name="outcomes">What became of them; what is not news is left out of the journal.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task RecordAsync(Guid id, RepeatState workedAs, IReadOnlyList<RepeatOutcome> outcomes, CancellationToken cancellationToken);
}
