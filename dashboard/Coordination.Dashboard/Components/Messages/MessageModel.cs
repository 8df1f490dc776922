using Coordination.Dashboard.Desks;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Components.Messages;

/// <summary>How one text on many accounts stands, and sending again what of it failed.</summary>
public sealed class MessageModel(Guid id, IPostReader posts, IPostDesk desk)
{
    private (Guid Operation, string Of)? _wish;

    /// <summary>Its posts, by account; empty before they were read.</summary>
    public IReadOnlyList<PostRow> Posts { get; private set; } = [];

    /// <summary>Whether it was ever read.</summary>
    public bool Read { get; private set; }

    /// <summary>Whether the last reading failed; what is shown is older then.</summary>
    public bool Problem { get; private set; }

    /// <summary>What the last press of the button came to, where that needs words; null otherwise.</summary>
    public string? Said { get; private set; }

    /// <summary>Whether it is being sent again.</summary>
    public bool Busy { get; private set; }

    /// <summary>How many are out, or were.</summary>
    public int Out => Posts.Count(p => p.State is "published" or "removed");

    /// <summary>Those that did not go out and can be sent again.</summary>
    public IReadOnlyList<PostRow> Failed => [.. Posts.Where(p => p.State is "failed")];

    /// <summary>Those that did not go out, or may not have, and are decided upon otherwise; the worst first.</summary>
    public IReadOnlyList<PostRow> Others => [.. Posts.Where(p => p.State is "rejected" or "unknown" or "missed" or "held" or "returned").OrderBy(p => p.State is "rejected" or "unknown" ? 0 : 1).ThenBy(p => p.Account, StringComparer.Ordinal)];

    /// <summary>Those that are tried again by themselves.</summary>
    public IReadOnlyList<PostRow> Retrying => [.. Posts.Where(p => p is { State: "scheduled", Failure: not null })];

    /// <summary>How many wait for their time or are on the wire.</summary>
    public int Waiting => Posts.Count(p => p.State is "scheduled" or "publishing" or "submitted");

    /// <summary>Whether something of it may change within seconds.</summary>
    public bool IsMoving(DateTimeOffset now) => !Read || Problem || Posts.Any(p => p.State is "publishing" || (p.State is "scheduled" && p.DueAt < now.AddSeconds(2)));

    /// <summary>Reads it.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            Posts = await posts.OfMessageAsync(id, PostDesk.MostAccounts, cancellationToken);
            (Read, Problem) = (true, false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception)
        {
            Problem = true;
        }
    }

    /// <summary>Sends again what failed. Pressed again after no answer it is the same wish.</summary>
    public async Task RetryAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (Busy || Failed.Count == 0)
        {
            return;
        }

        var of = string.Join(' ', Failed.Select(p => $"{p.Id} {p.Failure?.At:O}"));
        if (_wish is not { } former || !string.Equals(former.Of, of, StringComparison.Ordinal))
        {
            _wish = (Guid.NewGuid(), of);
        }

        (Busy, Said) = (true, null);
        try
        {
            var answer = await desk.RetryMessageAsync(id, actor, _wish.Value.Operation, cancellationToken);
            var refused = (answer?.Parts ?? []).Where(p => p.Refusal is not null).ToArray();
            Said = refused.Length == 0 ? null : $"Not sent again: {string.Join(", ", refused.Take(5).Select(p => p.Account))}{(refused.Length > 5 ? $" and {refused.Length - 5} more" : "")}. {refused[0].Refusal!.Reason}";
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Said = "The database did not answer, so it is not known whether that took. Press the button again: nothing is sent twice.";
        }
        finally
        {
            Busy = false;
        }

        await LoadAsync(cancellationToken);
    }

    /// <summary>Whether one of the failed posts is this person's to send again, as far as the roles say; each account decides again.</summary>
    public bool MayRetry(Actor? actor, Live.IBoard board) => actor is not null && Failed.Any(p =>
        AccountKey.TryParse(p.Account, out var key) && board.Accounts.TryGetValue(key, out var row) && Compose.ComposeModel.MayPublish(actor, row));
}
