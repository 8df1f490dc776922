namespace Coordination.Connectors;

/// <summary>What a read gave: the value, or why there is none.</summary>
public abstract record ReadResult<T>
{
    private ReadResult()
    {
    }

    /// <summary>The value was read.</summary>
    /// <param name="Value">It.</param>
    public sealed record Ok(T Value) : ReadResult<T>;

    /// <summary>It could not be read now, or not at all on this platform.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="RetryAfter">How long the platform asks to wait; null when it does not say.</param>
    /// <param name="NeedsAttention">True when a person has to look at the account's settings first.</param>
    public sealed record Unavailable(string Reason, TimeSpan? RetryAfter = null, bool NeedsAttention = false) : ReadResult<T>;
}

/// <summary>An account's public figures; null where the platform shows none.</summary>
/// <param name="Followers">Accounts that follow it.</param>
/// <param name="Following">Accounts that it follows.</param>
/// <param name="Posts">Posts it shows.</param>
public sealed record AccountCounters(long? Followers, long? Following, long? Posts);

/// <summary>One post's public figures; null where the platform shows none.</summary>
/// <param name="Likes">Likes or favourites.</param>
/// <param name="Reposts">Reposts or boosts.</param>
/// <param name="Replies">Replies.</param>
/// <param name="Quotes">Quotes.</param>
public sealed record PostCounters(long? Likes, long? Reposts, long? Replies, long? Quotes);

/// <summary>One post as the platform shows it.</summary>
/// <param name="RemoteId">The platform's own id.</param>
/// <param name="Url">Where people see it.</param>
/// <param name="At">The platform's time of it.</param>
/// <param name="Text">Its text without markup.</param>
public sealed record RemotePost(string RemoteId, Uri Url, DateTimeOffset At, string Text)
{
    /// <summary>The id alone: a post's text belongs in no log.</summary>
    public override string ToString() => $"remote post {RemoteId}";
}

/// <summary>An account's recent posts, newest first.</summary>
/// <param name="Posts">The posts.</param>
/// <param name="Complete">False when there are more than were read.</param>
public sealed record RecentPosts(IReadOnlyList<RemotePost> Posts, bool Complete);
