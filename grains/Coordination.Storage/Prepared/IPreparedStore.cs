using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;

namespace Coordination.Storage.Prepared;

/// <summary>Which part of which post something was prepared for.</summary>
/// <param name="Account">Its account.</param>
/// <param name="Post">The post.</param>
/// <param name="Part">The part of a thread, from 0.</param>
/// <param name="Revision">The post's revision, as the worker knows it: what an older one prepared never takes the place of a newer one's.</param>
public sealed record PreparedPart(AccountKey Account, PostId Post, int Part, int Revision);

/// <summary>Keeps what platforms gave ahead of a post, for whichever worker goes on with it.</summary>
public interface IPreparedStore
{
    /// <summary>Finds what is kept.</summary>
    Task<PreparedHandle?> FindAsync(PreparedPart part, string slot, CancellationToken cancellationToken);

    /// <summary>Keeps a new one in the place of <paramref name="former"/>, if that still stands there and no call of this part is under way or out.</summary>
    /// <returns>The one that stands for certain; null when a newer revision's does.</returns>
    /// <exception cref="Npgsql.NpgsqlException">The database did not answer, or what it holds is not certain: nothing may be published by it yet.</exception>
    Task<PreparedHandle?> KeepAsync(PreparedPart part, string slot, PreparedHandle handle, PreparedHandle? former, CancellationToken cancellationToken);

    /// <summary>Keeps how far one has come. Nothing is ever taken back by it, and nothing happens when another stands there.</summary>
    Task NoteAsync(PreparedPart part, string slot, PreparedHandle handle, CancellationToken cancellationToken);

    /// <summary>Takes out what is older than any platform keeps it.</summary>
    /// <returns>How many.</returns>
    Task<int> PurgeAsync(TimeSpan age, int most, CancellationToken cancellationToken);
}
