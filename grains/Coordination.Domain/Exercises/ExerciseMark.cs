namespace Coordination.Domain.Exercises;

/// <summary>The mark that every text of an exercise begins with. The service puts it there, wherever the text came from; it counts in each platform's limit.</summary>
public static class ExerciseMark
{
    /// <summary>The mark, with what parts it from the words.</summary>
    public const string Words = "EXERCISE – ";

    /// <summary>The text with the mark before it. What begins with the mark already is not marked twice.</summary>
    public static string On(string text)
    {
        var trimmed = text.Trim();
        return string.Equals(trimmed, Words.TrimEnd(), StringComparison.Ordinal) ? Words
            : trimmed.StartsWith(Words, StringComparison.Ordinal) ? trimmed
            : Words + trimmed;
    }

    /// <summary>Whether a text has the mark, and something after it.</summary>
    public static bool IsOn(string text) => text.StartsWith(Words, StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(text[Words.Length..]);
}
