namespace Coordination.Domain.Posts;

/// <summary>Comms' approval of one revision of a post. Another revision is not approved by it.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="By">Staff id of who approved it.</param>
/// <param name="ByName">Their name at the time.</param>
/// <param name="At">When (UTC).</param>
/// <param name="HoldIds">The holds that asked for an approval then. One that is placed later asks for another.</param>
public sealed record PostApproval(int Revision, string By, string ByName, DateTimeOffset At, IReadOnlyList<string> HoldIds)
{
    /// <summary>Whether it approves this revision under all of these holds.</summary>
    public bool Covers(int revision, IEnumerable<string> holdIds) => Revision == revision && holdIds.All(id => HoldIds.Contains(id, StringComparer.Ordinal));
}
