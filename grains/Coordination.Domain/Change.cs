namespace Coordination.Domain;

/// <summary>One step of something that is kept whole: what happened, and how it is from then on.</summary>
/// <typeparam name="T">What is kept.</typeparam>
/// <param name="Event">The journal's name of the step, such as <c>task-done</c>. Stored names never change.</param>
/// <param name="After">All of it, as it is afterwards.</param>
/// <param name="Why">Why, in somebody's words; null when nobody said.</param>
public sealed record Change<T>(string Event, T After, string? Why = null);
