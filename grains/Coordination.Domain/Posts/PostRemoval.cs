namespace Coordination.Domain.Posts;

/// <summary>The wish to take a published post off its platform.</summary>
/// <param name="By">Staff id of who wants it.</param>
/// <param name="ByName">Their name at the time.</param>
/// <param name="Reason">Why.</param>
/// <param name="AskedAt">When (UTC).</param>
public sealed record PostRemoval(string By, string ByName, string Reason, DateTimeOffset AskedAt);
