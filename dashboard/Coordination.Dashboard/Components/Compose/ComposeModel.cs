using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Components.Compose;

/// <summary>One text for many accounts: what is typed, whom it goes out as, what became of it. Nothing typed is lost on an error.</summary>
public sealed class ComposeModel(IPostDesk desk, TimeProvider clock)
{
    private readonly SortedSet<AccountKey> _chosen = [];
    private (Guid Id, string Wish)? _operation;

    /// <summary>The text.</summary>
    public string Text { get; set; } = "";

    /// <summary>Whether it goes out at a time rather than now.</summary>
    public bool Later { get; set; }

    /// <summary>The time, as the field holds it.</summary>
    public string At { get; set; } = "";

    /// <summary>Whom it goes out as.</summary>
    public IReadOnlyCollection<AccountKey> Chosen => _chosen;

    /// <summary>What is missing; empty when nothing is.</summary>
    public string Missing { get; private set; } = "";

    /// <summary>What went wrong with the whole of it; null when nothing did.</summary>
    public string? Problem { get; private set; }

    /// <summary>The answer of each account; null before it was sent.</summary>
    public MessageAnswer? Answer { get; private set; }

    /// <summary>Whether it is being sent.</summary>
    public bool Busy { get; private set; }

    /// <summary>Whether an account is chosen.</summary>
    public bool Has(AccountKey key) => _chosen.Contains(key);

    /// <summary>Chooses an account, or takes it out.</summary>
    public void Toggle(AccountKey key)
    {
        if (!_chosen.Remove(key))
        {
            _chosen.Add(key);
        }
    }

    /// <summary>Chooses these, or takes all of them out when all are chosen.</summary>
    public void ToggleAll(IReadOnlyCollection<AccountKey> keys)
    {
        if (keys.All(_chosen.Contains))
        {
            _chosen.ExceptWith(keys);
        }
        else
        {
            _chosen.UnionWith(keys);
        }
    }

    /// <summary>Whether the person may publish on the account, as far as the roles say; the account decides again.</summary>
    public static bool MayPublish(Actor actor, AccountRow row) =>
        row.Summary.Lifecycle == AccountLifecycle.Connected
        && (row.Summary.Labels.Kind == AccountKind.Corporate
            ? actor.May(Permission.PublishCorporate)
            : actor.May(Permission.PublishLocal) && (actor.Role != Role.AccountHolder || (actor.PublishesOn?.Covers(row.Summary.Key, row.Summary.Labels) ?? false)));

    /// <summary>Whether a hold would stop this person's new post on the account.</summary>
    public static bool WouldBeHeld(Actor actor, AccountRow row, IEnumerable<Hold> holds) =>
        row.Lock.IsHeld && holds.Any(h => h.RefusesNewPost(row.Summary.Key, row.Summary.Labels, actor.Id));

    /// <summary>What the button does.</summary>
    public string Button => _chosen.Count == 0
        ? "Choose accounts first"
        : $"{(Later ? "Schedule" : "Publish now")} on {Names.Count(_chosen.Count, "account")}";

    /// <summary>Sends it. The same text, accounts and time keep their operation id until they are answered, so trying again is safe.</summary>
    public async Task SendAsync(Actor actor, CancellationToken cancellationToken)
    {
        (Problem, Answer) = (null, null);
        DateTimeOffset? due = null;
        Missing = _chosen.Count == 0 ? "Choose at least one account."
            : string.IsNullOrWhiteSpace(Text) ? "Write something first."
            : "";
        if (Missing.Length == 0 && Later)
        {
            Missing = !UkTime.TryParse(At, out var at) ? "Choose a date and a time."
                : at <= clock.GetUtcNow() ? "That time has passed. Choose a later one, or publish now."
                : "";
            due = at;
        }

        if (Missing.Length > 0 || Busy)
        {
            return;
        }

        var wish = $"{Text}\n{At}\n{Later}\n{string.Join(',', _chosen)}";
        if (_operation is not { } former || !string.Equals(former.Wish, wish, StringComparison.Ordinal))
        {
            _operation = (Guid.NewGuid(), wish);
        }

        Busy = true;
        try
        {
            Answer = await desk.SendMessageAsync(Text, [.. _chosen], due, null, actor, _operation.Value.Id, cancellationToken);
            _operation = null;
            // What some accounts refused stays on screen with those accounts chosen: mend it and send it to them alone.
            _chosen.Clear();
            _chosen.UnionWith(Answer.Parts.Where(p => p.Refusal is not null).Select(p => AccountKey.Parse(p.Account)));
            if (_chosen.Count == 0)
            {
                Text = "";
            }
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Problem = "The database did not answer, so it is not known whether this was taken. Your text is kept. Press the button again: what was already taken is not taken twice.";
        }
        finally
        {
            Busy = false;
        }
    }
}
