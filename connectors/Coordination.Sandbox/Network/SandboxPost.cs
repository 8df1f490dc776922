namespace Coordination.Sandbox.Network;

/// <summary>One post of the sandbox.</summary>
/// <param name="Id">Its id: time and a running number, as Mastodon's snowflakes; larger is newer.</param>
/// <param name="AccountId">Whose it is.</param>
/// <param name="Text">Its text as it was sent.</param>
/// <param name="Visibility">public or unlisted.</param>
/// <param name="Language">Its language; null when not said.</param>
/// <param name="ArrivedAt">When the request arrived.</param>
/// <param name="CreatedAt">When it was accepted.</param>
/// <param name="IdempotencyKey">The key it came under; null when it came under none.</param>
internal sealed record SandboxPost(
    long Id,
    string AccountId,
    string Text,
    string Visibility,
    string? Language,
    DateTimeOffset ArrivedAt,
    DateTimeOffset CreatedAt,
    string? IdempotencyKey)
{
    /// <summary>Its images' ids, in order.</summary>
    public IReadOnlyList<long> Media { get; init; } = [];

    /// <summary>The post that it answers; null when it answers none.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>The container that it came of; null when it came of none.</summary>
    public long? Container { get; init; }

    /// <summary>When its words were changed last; null when they are the first ones.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>The public figures.</summary>
    public PostFigures Figures { get; init; } = new(0, 0, 0);
}

/// <summary>A post's public figures.</summary>
internal sealed record PostFigures(long Favourites, long Reblogs, long Replies);

/// <summary>One request that was accepted, for those who check what arrived.</summary>
/// <param name="Kind">publish, replay (a repeat under a known key: nothing new came of it), edit or delete.</param>
/// <param name="Account">The account's username.</param>
/// <param name="PostId">The post.</param>
/// <param name="IdempotencyKey">The key; null when there was none.</param>
/// <param name="Text">The text of that post.</param>
/// <param name="ArrivedAt">When it arrived, before any delay that was asked for.</param>
internal sealed record AcceptedRequest(string Kind, string Account, string PostId, string? IdempotencyKey, string Text, DateTimeOffset ArrivedAt);
