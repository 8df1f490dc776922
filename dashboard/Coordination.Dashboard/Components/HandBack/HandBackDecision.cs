using Coordination.Dashboard.Desks;

namespace Coordination.Dashboard.Components.HandBack;

/// <summary>What a person decides about one or many posts.</summary>
/// <param name="Act">Whether they go out.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When the first goes out; null means now.</param>
/// <param name="Spacing">From one post to the next.</param>
/// <param name="Text">Other words, for one post; null leaves them.</param>
public sealed record HandBackDecision(HandBackAct Act, string Reason, DateTimeOffset? At = null, TimeSpan Spacing = default, string? Text = null);
