using Coordination.Domain;
using Coordination.Domain.Contacts;
using Coordination.Domain.People;
using Coordination.Domain.Requests;
using Coordination.Domain.Rota;
using Coordination.Domain.Tasks;

namespace Coordination.Storage.Desk;

/// <summary>One sort of thing that Comms' desk keeps.</summary>
/// <typeparam name="T">What it is.</typeparam>
/// <param name="Name">Its name in the database and in the journal's streams. Never changes.</param>
public sealed record DeskKind<T>(string Name);

/// <summary>The sorts there are.</summary>
public static class DeskKinds
{
    /// <summary>Tasks.</summary>
    public static DeskKind<StaffTask> Task { get; } = new("task");

    /// <summary>Requests about accounts.</summary>
    public static DeskKind<AccountRequest> Request { get; } = new("request");

    /// <summary>Whether somebody is the named contact of an account; each account has one record, under <see cref="ContactIds"/>.</summary>
    public static DeskKind<ContactAsk> Contact { get; } = new("contact");

    /// <summary>Hand-overs of turns of the duty rota, each under its shift's id.</summary>
    public static DeskKind<Handover> Handover { get; } = new("handover");

    /// <summary>Shifts of the duty rota.</summary>
    public static DeskKind<Shift> Shift { get; } = new("shift");
}

/// <summary>One of them, as it is kept.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Body">What it says.</param>
/// <param name="Version">Grows with each change; a change names the one that was read.</param>
/// <param name="SavedAt">When it became so (UTC).</param>
public sealed record DeskRecord<T>(Guid Id, T Body, long Version, DateTimeOffset SavedAt);

/// <summary>Which of them.</summary>
/// <param name="Open">Open ones, or those that are not; null for both.</param>
/// <param name="Account">Those of one account; null for all.</param>
/// <param name="EndsAfter">Shifts that end after this time (UTC); null for all.</param>
/// <param name="Most">At most so many, the newest.</param>
public sealed record DeskFilter(bool? Open = null, string? Account = null, DateTimeOffset? EndsAfter = null, int Most = DeskFilter.Limit)
{
    /// <summary>The most that are read at once.</summary>
    public const int Limit = 1000;
}

/// <summary>Keeps tasks, shifts and requests, each change with its journal entry.</summary>
public interface IDeskRecords
{
    /// <summary>Lists them, those that changed last first.</summary>
    Task<IReadOnlyList<DeskRecord<T>>> ListAsync<T>(DeskKind<T> kind, DeskFilter filter, CancellationToken cancellationToken);

    /// <summary>One; null when there is none of that id.</summary>
    Task<DeskRecord<T>?> FindAsync<T>(DeskKind<T> kind, Guid id, CancellationToken cancellationToken);

    /// <summary>Records a step.</summary>
    /// <param name="kind">The sort.</param>
    /// <param name="id">Its id.</param>
    /// <param name="version">The version that was read; 0 for something new.</param>
    /// <param name="change">The step.</param>
    /// <param name="actor">Who takes it.</param>
    /// <param name="operationId">The operation's id; null for the service's own.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False when somebody has changed it since; then nothing was changed.</returns>
    Task<bool> SaveAsync<T>(DeskKind<T> kind, Guid id, long version, Change<T> change, Actor actor, Guid? operationId, CancellationToken cancellationToken);
}
