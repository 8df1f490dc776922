namespace Coordination.Domain.Accounts;

/// <summary>What the platform last counted for the account, and what the service did on it.</summary>
/// <param name="Followers">Followers; null when never read.</param>
/// <param name="RemotePosts">Posts the platform shows; null when never read.</param>
/// <param name="Published">Posts that went out through the service.</param>
/// <param name="ReadAt">When the platform was last asked (UTC).</param>
public sealed record AccountCounters(long? Followers = null, long? RemotePosts = null, long Published = 0, DateTimeOffset? ReadAt = null);
