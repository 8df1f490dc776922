namespace Coordination.Domain.Accounts;

/// <summary>What boards show of an account, apart from its lock, which is derived from the standing holds.</summary>
public sealed record AccountSummary
{
    /// <summary>The account.</summary>
    public required AccountKey Key { get; init; }

    /// <summary>The account's version; of two summaries the one with the greater version is right.</summary>
    public required long Version { get; init; }

    /// <summary>The name on screen.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What holds are matched on.</summary>
    public required AccountLabels Labels { get; init; }

    /// <summary>Where the account is in its life.</summary>
    public required AccountLifecycle Lifecycle { get; init; }

    /// <summary>What needs somebody; null when nothing does.</summary>
    public string? Attention { get; init; }

    /// <summary>Whom Comms can reach.</summary>
    public NamedContact? Contact { get; init; }

    /// <summary>When the next post is due (UTC); null when none is scheduled.</summary>
    public DateTimeOffset? NextPostAt { get; init; }

    /// <summary>When a post last went out (UTC).</summary>
    public DateTimeOffset? LastPostAt { get; init; }

    /// <summary>Posts that wait for their time.</summary>
    public int Scheduled { get; init; }

    /// <summary>Posts that wait for a person.</summary>
    public int AwaitingPerson { get; init; }

    /// <summary>The last counters.</summary>
    public AccountCounters Counters { get; init; } = new();

    /// <summary>Makes the summary of a state.</summary>
    public static AccountSummary Of(AccountState state, long version) => new()
    {
        Key = state.Key,
        Version = version,
        DisplayName = state.DisplayName,
        Labels = state.Labels,
        Lifecycle = state.Lifecycle,
        Attention = state.Attention,
        Contact = state.Contact,
        NextPostAt = state.NextPostAt,
        LastPostAt = state.LastPostAt,
        Scheduled = state.Posts.Count(p => p.State == Posts.PostState.Scheduled),
        AwaitingPerson = state.Posts.Count(p => Posts.PostStates.AwaitsPerson(p.State)),
        Counters = state.Counters,
    };
}
