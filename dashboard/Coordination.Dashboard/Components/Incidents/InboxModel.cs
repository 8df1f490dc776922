using Coordination.Dashboard.Incidents;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Components.Incidents;

/// <summary>The incident messages on a page: what waits for a person, all of them page by page, and who sends them.</summary>
public sealed class InboxModel(IIncidentInbox inbox, InboxDesk desk)
{
    private const int PageSize = 20;
    private const int MostOpen = 100;
    private int _shown = PageSize;

    /// <summary>What waits for a person: what is real before any exercise, the newest first; null before it was read.</summary>
    public IReadOnlyList<InboxMessage>? Open { get; private set; }

    /// <summary>All of them, as far as they are shown.</summary>
    public IReadOnlyList<InboxMessage> Messages { get; private set; } = [];

    /// <summary>Whether there are more.</summary>
    public bool More { get; private set; }

    /// <summary>Who sends them.</summary>
    public IReadOnlyList<IncidentSource> Sources { get; private set; } = [];

    /// <summary>Whether they could not be read the last time.</summary>
    public bool Problem { get; private set; }

    /// <summary>Why one could not be closed, by its id.</summary>
    public Dictionary<Guid, string> Wrong { get; } = [];

    /// <summary>Reads them.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var open = await inbox.ListAsync(open: true, MostOpen, null, cancellationToken);
            var all = await inbox.ListAsync(open: false, _shown, null, cancellationToken);
            (Open, Messages, More, Sources, Problem) = ([.. open.Items.OrderBy(m => m.Status == "Exercise")], all.Items, all.Next is not null, await inbox.SourcesAsync(cancellationToken), false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Problem = true;
        }
    }

    /// <summary>Shows more of them.</summary>
    public Task MoreAsync(CancellationToken cancellationToken)
    {
        _shown += PageSize;
        return LoadAsync(cancellationToken);
    }

    /// <summary>Closes one.</summary>
    /// <returns>Whether it is closed.</returns>
    public async Task<bool> SettleAsync(Guid id, string note, Actor actor, CancellationToken cancellationToken)
    {
        Wrong.Remove(id);
        try
        {
            if ((await desk.SettleAsync(id, note, actor, cancellationToken)).Refusal is { } why)
            {
                Wrong[id] = why.Reason;
            }
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Wrong[id] = "The database did not answer, so it is not known whether this was taken. Press the button again.";
        }

        await LoadAsync(cancellationToken);
        return !Wrong.ContainsKey(id);
    }
}
