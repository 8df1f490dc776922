using Coordination.Domain.Accounts;
using Coordination.Domain.Review;

namespace Coordination.Domain.Drafts;

/// <summary>What somebody writes at: words that nobody has asked to go out yet. Working paper, not a post: nothing of it is in the journal.</summary>
public sealed record Draft
{
    /// <summary>The id, chosen by whoever begins it.</summary>
    public required Guid Id { get; init; }

    /// <summary>Grows with each saving; a saving names the one that was read. 0 for one that was never saved.</summary>
    public required int Revision { get; init; }

    /// <summary>What it says, and for whom.</summary>
    public required DraftContent Content { get; init; }

    /// <summary>Staff id of who began it.</summary>
    public required string WriterId { get; init; }

    /// <summary>Their name at the time.</summary>
    public required string WriterName { get; init; }

    /// <summary>Staff id of who saved it last.</summary>
    public required string SavedById { get; init; }

    /// <summary>Their name at the time.</summary>
    public required string SavedByName { get; init; }

    /// <summary>When it was saved last (UTC).</summary>
    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>What others had written before somebody wrote over it, newest first.</summary>
    public IReadOnlyList<FormerWords> Former { get; init; } = [];
}

/// <summary>What a draft says.</summary>
/// <param name="Text">The text, as far as it is.</param>
/// <param name="Accounts">Where it would go out.</param>
/// <param name="DueAt">When (UTC); null for now, or not known yet.</param>
/// <param name="About">What is said of it besides.</param>
public sealed record DraftContent(string Text, IReadOnlyList<AccountKey> Accounts, DateTimeOffset? DueAt, PostAbout About)
{
    /// <summary>Other words for single platforms, by platform id.</summary>
    public IReadOnlyDictionary<string, string> Variants { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Id of the hold whose agreed line it is to become; null for an ordinary message.</summary>
    public string? Line { get; init; }

    /// <summary>What it says of its time besides.</summary>
    public DraftPlan Plan { get; init; } = DraftPlan.Usual;
}

/// <summary>Somebody's words that another wrote over.</summary>
/// <param name="Text">The words.</param>
/// <param name="ByName">Whose.</param>
/// <param name="At">From when (UTC).</param>
public sealed record FormerWords(string Text, string ByName, DateTimeOffset At);
