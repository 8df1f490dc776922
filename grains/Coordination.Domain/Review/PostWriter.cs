namespace Coordination.Domain.Review;

/// <summary>Who wrote a post's words.</summary>
/// <param name="Id">Staff id.</param>
/// <param name="Name">Their name at the time.</param>
public sealed record PostWriter(string Id, string Name);
