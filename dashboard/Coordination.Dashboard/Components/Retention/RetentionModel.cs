using System.Data.Common;
using Coordination.Storage.Retention;

namespace Coordination.Dashboard.Components.Retention;

/// <summary>What the page of retention holds.</summary>
public sealed class RetentionModel(IRetentionStore store)
{
    private const int Runs = 10;

    /// <summary>Each kind of data; null before they were read.</summary>
    public IReadOnlyList<RetentionCategory>? Categories { get; private set; }

    /// <summary>Whether data is taken out by itself; null before it was read.</summary>
    public RetentionSwitch? Switch { get; private set; }

    /// <summary>The last runs, newest first.</summary>
    public IReadOnlyList<RetentionRun> Last { get; private set; } = [];

    /// <summary>What is kept whatever its age.</summary>
    public IReadOnlyList<RecordKeep> Keeps { get; private set; } = [];

    /// <summary>Whether it could not be read.</summary>
    public bool Unread { get; private set; }

    /// <summary>The newest run that came to its end: what it counted stands beside each kind.</summary>
    public RetentionRun? Counted => Last.FirstOrDefault(r => r.FinishedAt is not null);

    /// <summary>Reads all of it.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            Categories = await store.CategoriesAsync(cancellationToken);
            Switch = await store.SwitchAsync(cancellationToken);
            Last = await store.RunsAsync(Runs, cancellationToken);
            Keeps = await store.KeepsAsync(cancellationToken);
            Unread = false;
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            Unread = true;
        }
    }

    /// <summary>How long it is kept, in words.</summary>
    public static string Kept(RetentionCategory category) => category switch
    {
        { Days: { } days } when days % 365 == 0 => Kit.Names.Count(days / 365, "year"),
        { Days: { } days } => Kit.Names.Count(days, "day"),
        { Action: "keep" } => "for good",
        _ => "as long as it is used",
    };
}
