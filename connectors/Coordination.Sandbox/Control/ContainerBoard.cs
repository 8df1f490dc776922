namespace Coordination.Sandbox.Control;

/// <summary>How an account's containers misbehave.</summary>
/// <param name="BusyAsks">How many questions for one are still answered with "in progress".</param>
/// <param name="Expired">Whether those that were made so far and not published have run out.</param>
/// <param name="Error">Why all of them fail; null when they do not.</param>
/// <param name="Lost">How many calls that publish do not find theirs, whatever was said of it.</param>
/// <param name="QuotaUsed">How many posts of a day are said to have gone out; null for what is so.</param>
internal sealed record ContainerOrder(int BusyAsks, bool Expired, string? Error, int Lost, int? QuotaUsed);

/// <summary>The standing orders about containers.</summary>
internal sealed class ContainerBoard(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (ContainerOrder Order, DateTimeOffset At)> _orders = new(StringComparer.Ordinal);

    /// <summary>Gives an order, in the place of the one before.</summary>
    public void Set(string accountId, ContainerOrder order)
    {
        lock (_lock)
        {
            _orders[accountId] = (order, time.GetUtcNow());
        }
    }

    /// <summary>The order of an account; null when there is none.</summary>
    public ContainerOrder? Of(string accountId)
    {
        lock (_lock)
        {
            return _orders.TryGetValue(accountId, out var standing) ? standing.Order : null;
        }
    }

    /// <summary>Whether a container of this age has run out by order.</summary>
    public bool IsExpired(string accountId, DateTimeOffset madeAt)
    {
        lock (_lock)
        {
            return _orders.TryGetValue(accountId, out var standing) && standing.Order.Expired && madeAt <= standing.At;
        }
    }

    /// <summary>Whether this question is to be answered with "in progress"; counts it.</summary>
    public bool TakeBusy(string accountId) => Take(accountId, o => o.BusyAsks, o => o with { BusyAsks = o.BusyAsks - 1 });

    /// <summary>Whether this call is not to find its container; counts it.</summary>
    public bool TakeLost(string accountId) => Take(accountId, o => o.Lost, o => o with { Lost = o.Lost - 1 });

    private bool Take(string accountId, Func<ContainerOrder, int> left, Func<ContainerOrder, ContainerOrder> less)
    {
        lock (_lock)
        {
            if (!_orders.TryGetValue(accountId, out var standing) || left(standing.Order) <= 0)
            {
                return false;
            }

            _orders[accountId] = (less(standing.Order), standing.At);
            return true;
        }
    }
}
