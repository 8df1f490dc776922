using Coordination.Domain;

namespace Coordination.Storage.Fence;

/// <summary>The three answers of the fence (FENCE.md rule 6): it took, it did not, not known yet.</summary>
/// <typeparam name="T">What taking gives.</typeparam>
public abstract record FenceAnswer<T>
{
    private FenceAnswer()
    {
    }

    /// <summary>It is committed.</summary>
    public sealed record Took(T Result) : FenceAnswer<T>;

    /// <summary>It is certain that nothing changed.</summary>
    public sealed record Refused(Refusal Why) : FenceAnswer<T>;

    /// <summary>It is certain that nothing changed: the database was not reached, or was too busy and rolled back.</summary>
    public sealed record Unreachable(string Why) : FenceAnswer<T>;

    /// <summary>Nobody knows yet. Repeat the same call with the same operation id; only that tells.</summary>
    public sealed record NotKnownYet(Guid OperationId, string Why) : FenceAnswer<T>;
}
