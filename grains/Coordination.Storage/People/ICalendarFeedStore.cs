using Coordination.Domain.People;

namespace Coordination.Storage.People;

/// <summary>Keeps the addresses under which people's calendar programs read, one for each person.</summary>
public interface ICalendarFeedStore
{
    /// <summary>Makes an address; a former one of the person's is none any more.</summary>
    /// <param name="actor">Whose.</param>
    /// <param name="token">The secret in it, kept as a hash alone.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task MakeAsync(Actor actor, string token, CancellationToken cancellationToken);

    /// <summary>Takes the person's address back.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> RevokeAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>When the person's address was made (UTC); null when there is none.</summary>
    Task<DateTimeOffset?> MadeAtAsync(string staffId, CancellationToken cancellationToken);

    /// <summary>Staff id of the active person whose address has the secret; null when nobody's has.</summary>
    Task<string?> FindAsync(string token, CancellationToken cancellationToken);
}
