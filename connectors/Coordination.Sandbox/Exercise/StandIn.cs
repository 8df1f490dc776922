namespace Coordination.Sandbox.Exercise;

/// <summary>An account of the exercise network: it stands in for a real one, and has nothing of it but a name.</summary>
/// <param name="Username">Its name in addresses: lower case.</param>
/// <param name="DisplayName">Its name as people read it.</param>
/// <param name="Platform">The platform of the account that it stands in for, as people write it.</param>
/// <param name="TokenHash">SHA-256 of its token, hexadecimal: the token itself is kept nowhere.</param>
internal sealed record StandIn(string Username, string DisplayName, string Platform, string TokenHash);

/// <summary>What went out through a stand-in.</summary>
/// <param name="Number">1 for the first of the network.</param>
/// <param name="Username">The stand-in.</param>
/// <param name="Text">The text, which begins with the mark.</param>
/// <param name="Key">The key it came under.</param>
/// <param name="At">When it was accepted.</param>
internal sealed record ExerciseLine(long Number, string Username, string Text, string Key, DateTimeOffset At);

/// <summary>What is asked for when a stand-in is admitted.</summary>
internal sealed record Admission(string? Username, string? DisplayName, string? Platform);

/// <summary>What a stand-in wants to say.</summary>
internal sealed record NewLine(string? Text);
