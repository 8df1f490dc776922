using Coordination.Domain.People;

namespace Coordination.Storage.Exercises;

/// <summary>The lines of exercises, and what people say of what is real meanwhile.</summary>
public interface IExerciseLines
{
    /// <summary>Writes a line down; it goes out by itself, on the exercise network.</summary>
    Task<WriteOutcome> WriteAsync(NewExerciseLine line, Actor actor, CancellationToken cancellationToken);

    /// <summary>The lines of some shadows, the first one written first.</summary>
    Task<IReadOnlyList<ExerciseLine>> OfAsync(IReadOnlyCollection<Guid> takeovers, CancellationToken cancellationToken);

    /// <summary>The line of a shadow; null while it has none.</summary>
    Task<ExerciseLine?> FindAsync(Guid takeover, CancellationToken cancellationToken);

    /// <summary>Has what failed of a line tried again.</summary>
    /// <returns>How many stand-ins that are; null when no shadow stands or there is no line.</returns>
    Task<int?> RetryAsync(Guid takeover, Actor actor, CancellationToken cancellationToken);

    /// <summary>Puts on record that somebody has seen a real takeover or hold; one of the two is given.</summary>
    Task<SeenOutcome> SeeAsync(Guid? takeover, string? holdId, Actor actor, CancellationToken cancellationToken);

    /// <summary>What was seen since a time.</summary>
    Task<IReadOnlyList<RealSeen>> SeenAsync(DateTimeOffset since, CancellationToken cancellationToken);
}

/// <summary>What the worker of the exercise network may ask of the database: what is due of a line, and to say what came of it. It leads to nothing else.</summary>
public interface IExerciseQueue
{
    /// <summary>Takes a line that has something due, for a time in which nobody else gets it.</summary>
    /// <returns>Null when there is none.</returns>
    Task<ClaimedLine?> ClaimAsync(TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>What is due of it; nothing when the lease or the exercise is over.</summary>
    Task<IReadOnlyList<DueStandIn>> DueAsync(ClaimedLine line, int most, CancellationToken cancellationToken);

    /// <summary>Says what came of an attempt; the lease goes on from now.</summary>
    /// <param name="line">The line.</param>
    /// <param name="account">The stand-in.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="lease">How long the lease goes on.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Where the stand-in is; null when the attempt does not count any more.</returns>
    Task<StandInState?> SettleAsync(ClaimedLine line, string account, StandInResult result, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Gives the line back.</summary>
    Task ReleaseAsync(ClaimedLine line, CancellationToken cancellationToken);
}

/// <summary>A line that a worker has.</summary>
public sealed record ClaimedLine(Guid Id, Guid Lease);

/// <summary>A stand-in that is due.</summary>
/// <param name="Account">The key of the account that it stands in for: a name, no more.</param>
/// <param name="Name">Its name.</param>
/// <param name="Words">What it says, marked.</param>
/// <param name="Key">The idempotency key of everything that is sent for it.</param>
/// <param name="Attempts">How often it was tried before.</param>
public sealed record DueStandIn(string Account, string Name, string Words, Guid Key, int Attempts);

/// <summary>What came of an attempt: a closed set.</summary>
public abstract record StandInResult
{
    private StandInResult()
    {
    }

    /// <summary>It is out.</summary>
    /// <param name="Address">Where it can be seen.</param>
    public sealed record Out(string Address) : StandInResult;

    /// <summary>It is tried again. Whatever came of this attempt: its key lets it go out once.</summary>
    public sealed record Later(string Why, TimeSpan Wait) : StandInResult;

    /// <summary>It is given up.</summary>
    public sealed record Failed(string Why) : StandInResult;
}
