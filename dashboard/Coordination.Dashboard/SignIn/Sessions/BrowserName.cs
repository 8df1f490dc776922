namespace Coordination.Dashboard.SignIn.Sessions;

/// <summary>What a browser says it is, in the few words by which a person knows their own: <c>Firefox on Windows</c>.</summary>
/// <remarks>Of known words alone: what a header says is never kept as it came.</remarks>
public static class BrowserName
{
    private const string Unknown = "Unknown browser";

    // The first that fits: most browsers name others, too.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"),
        ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    /// <summary>Reads the header <c>User-Agent</c>.</summary>
    public static string Of(string? agent)
    {
        var browser = Find(Browsers, agent);
        var system = Find(Systems, agent);
        return system is null ? browser ?? Unknown : $"{browser ?? Unknown} on {system}";
    }

    private static string? Find((string Mark, string Name)[] known, string? agent) =>
        agent is null ? null : Array.Find(known, k => agent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
