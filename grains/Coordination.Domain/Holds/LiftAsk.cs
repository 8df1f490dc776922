namespace Coordination.Domain.Holds;

/// <summary>A request to lift a hold whose lift needs two. The hold stands until another member of Comms confirms it.</summary>
/// <param name="By">Staff id of the asker.</param>
/// <param name="ByName">The asker's name at the time.</param>
/// <param name="At">When, by the database's clock.</param>
/// <param name="Sequence">Its place in the fence's order: which request it is.</param>
/// <param name="Reason">Why it is safe, in the asker's words.</param>
public sealed record LiftAsk(string By, string ByName, DateTimeOffset At, long Sequence, string Reason);
