using System.Data.Common;
using Coordination.Dashboard.Redactions;
using Coordination.Domain.Redactions;
using Coordination.Storage.Redactions;

namespace Coordination.Dashboard.Components.Redactions;

/// <summary>What the page of redactions holds: those that wait, and the last ones.</summary>
public sealed class RedactionsModel(IRedactionDesk desk)
{
    /// <summary>Those that wait for a second person; null before they were read.</summary>
    public IReadOnlyList<Redaction>? Waiting { get; private set; }

    /// <summary>Those that came to an end, newest first.</summary>
    public IReadOnlyList<Redaction> Over { get; private set; } = [];

    /// <summary>Whether they could not be read.</summary>
    public bool Unread { get; private set; }

    /// <summary>Reads them.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var all = await desk.ListAsync(cancellationToken);
            (Waiting, Over, Unread) = ([.. all.Where(r => r.State == RedactionState.Asked)], [.. all.Where(r => r.State != RedactionState.Asked)], false);
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            Unread = true;
        }
    }

    /// <summary>What is erased, in words.</summary>
    public static string What(RedactionTarget target) => target switch
    {
        RedactionTarget.Post post => $"All that a post on {post.Account} said",
        RedactionTarget.Entry entry => $"Entry {entry.Number} of {entry.Stream}",
        _ => throw new ArgumentOutOfRangeException(nameof(target), target.GetType().Name, "No such target."),
    };
}
