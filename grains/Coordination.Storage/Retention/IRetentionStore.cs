using Coordination.Domain;
using Coordination.Domain.People;

namespace Coordination.Storage.Retention;

/// <summary>A kind of data, and how long it is kept.</summary>
/// <param name="Id">Its id, such as <c>messages</c>.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="CountsFrom">From when on its time counts, as the rest of a sentence.</param>
/// <param name="Action"><c>take</c>: the sweep takes it out; <c>people</c>: it is counted, and people decide; <c>itself</c>: the service tidies it; <c>keep</c>: for good.</param>
/// <param name="AtExpiry">What happens then, in words.</param>
/// <param name="Ground">Why it is kept, and why no longer.</param>
/// <param name="Days">How long, in days; null where it is not counted in days.</param>
/// <param name="Least">The fewest days that can be set.</param>
/// <param name="Most">The most.</param>
/// <param name="Version">Counts the changes.</param>
/// <param name="ChangedAt">When it was changed (UTC); null while it is as it came.</param>
/// <param name="ChangedByName">By whom.</param>
/// <param name="Reason">Why.</param>
public sealed record RetentionCategory(
    string Id, string Title, string Owner, string CountsFrom, string Action, string AtExpiry, string Ground, int? Days, int? Least, int? Most, long Version,
    DateTimeOffset? ChangedAt, string? ChangedByName, string? Reason)
{
    /// <summary>Whether the sweep takes it out.</summary>
    public bool IsTaken => string.Equals(Action, "take", StringComparison.Ordinal);

    /// <summary>Whether what is over its time is counted.</summary>
    public bool IsCounted => Days is not null;
}

/// <summary>Whether the sweep acts.</summary>
/// <param name="Acts">Whether it takes data out; otherwise it only counts.</param>
/// <param name="ChangedAt">When that was changed (UTC); null while it is as it came.</param>
/// <param name="ChangedByName">By whom.</param>
/// <param name="AskedAt">When somebody asked for it to act, and a second person is awaited; null when nobody did.</param>
/// <param name="AskedBy">Staff id of who asked.</param>
/// <param name="AskedByName">Their name.</param>
public sealed record RetentionSwitch(bool Acts, DateTimeOffset? ChangedAt, string? ChangedByName, DateTimeOffset? AskedAt, string? AskedBy, string? AskedByName);

/// <summary>One run of the sweep.</summary>
/// <param name="Id">Its number.</param>
/// <param name="StartedAt">When it began (UTC).</param>
/// <param name="FinishedAt">When it ended; null when it goes on, or was cut short.</param>
/// <param name="Acted">Whether it took data out.</param>
/// <param name="ByItself">Whether it was the nightly one.</param>
/// <param name="ByName">Who ran it.</param>
/// <param name="Counts">By category, how many rows were over their time.</param>
/// <param name="Taken">By category, how many rows were taken out.</param>
public sealed record RetentionRun(
    long Id, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, bool Acted, bool ByItself, string ByName, IReadOnlyDictionary<string, long> Counts, IReadOnlyDictionary<string, long> Taken);

/// <summary>A record that is kept whatever its age.</summary>
/// <param name="Kind"><c>account</c> or <c>incident</c>.</param>
/// <param name="Key">The account's key, or the incident's number.</param>
/// <param name="Reason">Why.</param>
/// <param name="KeptAt">Since when (UTC).</param>
/// <param name="KeptByName">By whom.</param>
public sealed record RecordKeep(string Kind, string Key, string Reason, DateTimeOffset KeptAt, string KeptByName);

/// <summary>Keeps how long data is kept.</summary>
public interface IRetentionStore
{
    /// <summary>All kinds of data, in their order.</summary>
    Task<IReadOnlyList<RetentionCategory>> CategoriesAsync(CancellationToken cancellationToken);

    /// <summary>Sets how long one is kept. A shortened one switches the sweep off, until two have switched it on again.</summary>
    Task<Refusal?> SetAsync(string category, int days, long version, string? reason, Actor actor, CancellationToken cancellationToken);

    /// <summary>Whether the sweep acts.</summary>
    Task<RetentionSwitch> SwitchAsync(CancellationToken cancellationToken);

    /// <summary>Switches it off at once; on, when another person has asked for it before, else this asks.</summary>
    Task<Refusal?> SwitchAsync(bool acts, string? reason, Actor actor, CancellationToken cancellationToken);

    /// <summary>The records that are kept whatever their age.</summary>
    Task<IReadOnlyList<RecordKeep>> KeepsAsync(CancellationToken cancellationToken);

    /// <summary>Keeps the record of an account or an incident.</summary>
    Task<Refusal?> KeepAsync(string kind, string key, string? reason, Actor actor, CancellationToken cancellationToken);

    /// <summary>Keeps it no longer.</summary>
    Task<Refusal?> EndKeepAsync(string kind, string key, string? reason, Actor actor, CancellationToken cancellationToken);

    /// <summary>The last runs, newest first.</summary>
    Task<IReadOnlyList<RetentionRun>> RunsAsync(int limit, CancellationToken cancellationToken);
}
