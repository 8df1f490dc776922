using Coordination.Contracts;
using Coordination.Dashboard.Desks;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Components.Accounts;

/// <summary>What the account page's "Manage" card does, one wish at a time.</summary>
/// <remarks>A wish whose end is not known keeps its operation id, so that pressing again is a repeat and never a second time.</remarks>
public sealed class ManageModel(IAccountDesk desk)
{
    private (string Wish, Guid Id)? _open;

    /// <summary>Whether a wish is under way.</summary>
    public bool Busy { get; private set; }

    /// <summary>What became of the last wish, in words; null before.</summary>
    public string? Said { get; private set; }

    /// <summary>Whether it was not taken, or that is not known.</summary>
    public bool Bad { get; private set; }

    /// <summary>What is wrong with what was given, by field.</summary>
    public IReadOnlyList<FieldFault> Faults { get; private set; } = [];

    /// <summary>Comms agrees to the account.</summary>
    public Task<bool> ApproveAsync(AccountKey key, Actor actor) =>
        RunAsync($"approve {key}", id => desk.ApproveAsync(key, actor, id, CancellationToken.None), "Approved. Connect it, and it can publish.");

    /// <summary>The account's sign-in is in place.</summary>
    public Task<bool> ConnectAsync(AccountKey key, Actor actor) =>
        RunAsync($"connect {key}", id => desk.ConnectAsync(key, actor, id, CancellationToken.None), "Connected. It can publish from now on.");

    /// <summary>Closes the account for good.</summary>
    public Task<bool> RetireAsync(AccountKey key, string reason, Actor actor) =>
        RunAsync($"retire {key}: {reason}", id => desk.RetireAsync(key, reason, actor, id, CancellationToken.None), "Retired. What waited on it was taken back; its record stays.");

    /// <summary>Names another contact.</summary>
    public Task<bool> ChangeContactAsync(AccountKey key, NamedContact contact, Actor actor)
    {
        Faults = ContactRules.Check(contact);
        return Faults.Count > 0
            ? Task.FromResult(false)
            : RunAsync(
                $"contact {key}: {contact}, {string.Join(", ", contact.Deputies ?? [])}",
                id => desk.ChangeContactAsync(key, contact, actor, id, CancellationToken.None),
                $"{contact.Name} is the named contact now.");
    }

    /// <summary>Forgets what was said, for a form that opens or closes.</summary>
    public void Forget() => (Said, Bad, Faults) = (null, false, []);

    private async Task<bool> RunAsync(string wish, Func<Guid, Task<AccountAnswer>> what, string done)
    {
        if (Busy)
        {
            return false;
        }

        Forget();
        Busy = true;
        var id = _open is { } open && string.Equals(open.Wish, wish, StringComparison.Ordinal) ? open.Id : Guid.CreateVersion7();
        _open = (wish, id);
        try
        {
            var answer = await what(id);
            _open = null;
            (Said, Bad, Faults) = (answer.Refusal?.Reason ?? done, answer.Refusal is not null, answer.Faults);
        }
        catch (Exception e) when (e is StoreUnavailableException or System.Data.Common.DbException or TimeoutException)
        {
            (Said, Bad) = ("The database or the account's host did not answer, so it is not known whether that took. Press again: it is done once.", true);
        }
        finally
        {
            Busy = false;
        }

        return !Bad;
    }
}
