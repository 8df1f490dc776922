using Coordination.Domain;

namespace Coordination.Dashboard.Components.Kit;

/// <summary>Carries one person's wishes out, one at a time.</summary>
/// <remarks>A wish whose end is not known keeps its operation id, so that pressing again is a repeat and never a second time.</remarks>
public sealed class WishRunner
{
    private (string Wish, Guid Id)? _open;

    /// <summary>Whether a wish is under way.</summary>
    public bool Busy { get; private set; }

    /// <summary>Why the last wish was not carried out; null when it was.</summary>
    public string? Wrong { get; private set; }

    /// <summary>Forgets what went wrong.</summary>
    public void Calm() => Wrong = null;

    /// <summary>Says what is missing, before anything is asked.</summary>
    /// <returns>Whether something is.</returns>
    public bool Missing(string? what) => (Wrong = what) is not null;

    /// <summary>Carries a wish out.</summary>
    /// <param name="wish">What tells it from others: the same words are the same wish.</param>
    /// <param name="what">Does it under an operation id, and says why not.</param>
    /// <returns>Whether it was carried out.</returns>
    public async Task<bool> RunAsync(string wish, Func<Guid, Task<Refusal?>> what)
    {
        if (Busy)
        {
            return false;
        }

        var id = _open is { } open && string.Equals(open.Wish, wish, StringComparison.Ordinal) ? open.Id : Guid.CreateVersion7();
        (_open, Busy, Wrong) = ((wish, id), true, null);
        try
        {
            Wrong = (await what(id))?.Reason;
            _open = null;
        }
        catch (Exception e) when (e is Contracts.StoreUnavailableException or System.Data.Common.DbException or TimeoutException)
        {
            Wrong = "The database did not answer, so it is not known whether this took. Press the button again: it cannot count twice.";
        }
        finally
        {
            Busy = false;
        }

        return Wrong is null;
    }
}
