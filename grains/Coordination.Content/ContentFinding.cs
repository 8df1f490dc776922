namespace Coordination.Content;

/// <summary>A place in a text.</summary>
/// <param name="Start">Its first UTF-16 unit, from 0.</param>
/// <param name="Length">How many UTF-16 units it has.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct TextSpan(int Start, int Length);

/// <summary>Something in a text that the order asks to be careful with. It never stops anything by itself: a person reads it and decides.</summary>
/// <param name="Rule">The rule that found it.</param>
/// <param name="Span">Where.</param>
/// <param name="Quote">The words.</param>
public sealed record ContentFinding(ContentRule Rule, TextSpan Span, string Quote);

/// <summary>What looking a text through came to.</summary>
/// <param name="Findings">What was found, in the order of the text.</param>
/// <param name="NotLooked">The rules that could not be asked in time: nothing is known of what they look for.</param>
public sealed record ContentReading(IReadOnlyList<ContentFinding> Findings, IReadOnlyList<ContentRule> NotLooked);
