using System.Collections.Immutable;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Accounts;

/// <summary>All that is known of one account: what its grain keeps and the fold of its journal.</summary>
public sealed record AccountState
{
    /// <summary>Terminal and published posts kept in the state when a new one is scheduled; older ones live in the read model and the journal alone.</summary>
    public const int FinishedPostsKept = 100;

    /// <summary>An account that does not exist.</summary>
    public static AccountState None { get; } = new();

    /// <summary>The key; meaningless while <see cref="Lifecycle"/> is <see cref="AccountLifecycle.None"/>.</summary>
    public AccountKey Key { get; init; }

    /// <summary>Where the account is in its life.</summary>
    public AccountLifecycle Lifecycle { get; init; }

    /// <summary>What holds are matched on.</summary>
    public AccountLabels Labels { get; init; } = new("x", AccountKind.Local, null, null, null);

    /// <summary>The name on screen.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>Whom Comms can reach about it (2.1).</summary>
    public NamedContact? Contact { get; init; }

    /// <summary>What needs somebody, in words; null when nothing does.</summary>
    public string? Attention { get; init; }

    /// <summary>Posts in the order they were written: all unfinished ones, and the last finished ones.</summary>
    public ImmutableList<Post> Posts { get; init; } = [];

    /// <summary>The last counters.</summary>
    public AccountCounters Counters { get; init; } = new();

    /// <summary>When a post last went out.</summary>
    public DateTimeOffset? LastPostAt { get; init; }

    /// <summary>When the next post is due; null when none is scheduled.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public DateTimeOffset? NextPostAt => Posts.Where(p => p.State == PostState.Scheduled).Select(p => (DateTimeOffset?)p.DueAt).Min();

    /// <summary>Finds a post.</summary>
    public Post? Find(PostId id) => Posts.Find(p => p.Id == id);
}
