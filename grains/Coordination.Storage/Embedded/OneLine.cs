namespace Coordination.Storage.Embedded;

/// <summary>Brings what a tool said into one line for a message.</summary>
internal static class OneLine
{
    private const int Longest = 300;

    /// <summary>The last telling line of <paramref name="text"/>, shortened.</summary>
    public static string Of(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var line = lines.LastOrDefault(x => x.Contains("FATAL", StringComparison.Ordinal) || x.Contains("error:", StringComparison.Ordinal))
            ?? lines.LastOrDefault()
            ?? "no reason was given";
        return line.Length <= Longest ? line : line[..Longest] + "...";
    }
}
