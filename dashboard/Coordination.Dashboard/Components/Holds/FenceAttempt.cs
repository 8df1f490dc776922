using Coordination.Domain;
using Coordination.Storage.Fence;

namespace Coordination.Dashboard.Components.Holds;

/// <summary>Where an attempt to place or lift a hold stands.</summary>
public enum AttemptState
{
    /// <summary>Not asked yet.</summary>
    Idle,

    /// <summary>Asked; the answer is awaited.</summary>
    Asking,

    /// <summary>It took.</summary>
    Took,

    /// <summary>It is refused; nothing changed.</summary>
    Refused,

    /// <summary>It did not take: the database was never reached.</summary>
    DidNotTake,

    /// <summary>Nobody knows yet; the same call is made again until it is known.</summary>
    NotKnownYet,
}

/// <summary>One attempt at the fence with its three answers (FENCE.md rule 6). While it is not known, the same call is repeated under the same operation id.</summary>
/// <typeparam name="T">What taking gives.</typeparam>
public sealed class FenceAttempt<T>(TimeProvider clock)
    where T : class
{
    /// <summary>Rest between two calls while nothing is known.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <summary>Where it stands.</summary>
    public AttemptState State { get; private set; }

    /// <summary>What taking gave; null otherwise.</summary>
    public T? Result { get; private set; }

    /// <summary>Why it was refused; null otherwise.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Why it is not known, or why it did not take.</summary>
    public string? Why { get; private set; }

    /// <summary>How many calls were made.</summary>
    public int Calls { get; private set; }

    /// <summary>When it was first asked (UTC).</summary>
    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>Whether an answer is on its way: the form is closed until then, for the same operation id must carry the same wish.</summary>
    public bool Busy => State is AttemptState.Asking or AttemptState.NotKnownYet;

    /// <summary>Asks until it is known.</summary>
    /// <param name="call">The call; given the operation id, always the same one.</param>
    /// <param name="changed">Told after each step.</param>
    /// <param name="cancellationToken">Ends the asking. What was asked may still take.</param>
    public async Task RunAsync(Func<Guid, Task<FenceAnswer<T>>> call, Action changed, CancellationToken cancellationToken)
    {
        if (Busy)
        {
            return;
        }

        (State, Result, Refusal, Why, Calls, AskedAt) = (AttemptState.Asking, null, null, null, 0, clock.GetUtcNow());
        var operation = Guid.NewGuid();
        changed();
        while (true)
        {
            Calls++;
            Take(await AskAsync(call, operation));
            changed();
            if (State != AttemptState.NotKnownYet)
            {
                return;
            }

            await Task.Delay(Rest, clock, cancellationToken);
        }
    }

    // A call that threw says nothing about what the database did with it.
    private static async Task<FenceAnswer<T>> AskAsync(Func<Guid, Task<FenceAnswer<T>>> call, Guid operation)
    {
        try
        {
            return await call(operation);
        }
        catch (Exception e)
        {
            return new FenceAnswer<T>.NotKnownYet(operation, e.Message);
        }
    }

    private void Take(FenceAnswer<T> answer) => (State, Result, Refusal, Why) = answer switch
    {
        FenceAnswer<T>.Took took => (AttemptState.Took, took.Result, null, null),
        // Once a call went unanswered, "never reached" speaks of the last call alone: the first may have taken.
        FenceAnswer<T>.Unreachable no when Calls > 1 => (AttemptState.NotKnownYet, null, null, no.Why),
        FenceAnswer<T>.Refused no => (AttemptState.Refused, null, no.Why, (string?)null),
        FenceAnswer<T>.Unreachable no => (AttemptState.DidNotTake, null, null, no.Why),
        FenceAnswer<T>.NotKnownYet wait => (AttemptState.NotKnownYet, null, null, wait.Why),
        _ => (AttemptState.NotKnownYet, (T?)null, (Refusal?)null, (string?)null),
    };
}
