namespace Coordination.Dashboard.Components.Kit;

/// <summary>The drawn signs, on one 16-unit grid with a stroke of 1.6. Inner SVG by name.</summary>
public static class Icons
{
    private static readonly Dictionary<string, string> Paths = new(StringComparer.Ordinal)
    {
        ["lock"] = """<rect x="3.5" y="7" width="9" height="6.5" rx="1.5"/><path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2"/>""",
        ["unlock"] = """<rect x="3.5" y="7" width="9" height="6.5" rx="1.5"/><path d="M5.5 7V4.5a2.5 2.5 0 0 1 4.8-1"/>""",
        ["mega"] = """<path d="M2.5 6.5v3l6.5 3v-9z"/><path d="M12 6a3 3 0 0 1 0 4"/><path d="M4.5 10l.8 3.5h1.6"/>""",
        ["shield"] = """<path d="M8 1.8l5 2v4c0 3-2.2 5-5 6.4-2.8-1.4-5-3.4-5-6.4v-4z"/><path d="M5.8 8l1.7 1.7 2.9-3.2"/>""",
        ["warn"] = """<path d="M8 2.5l6 11H2z"/><path d="M8 6.5v3.2M8 11.8v.2"/>""",
        ["plane"] = """<path d="M14 2L7 9M14 2l-4.5 12L7 9 2 6.5z"/>""",
        ["task"] = """<rect x="3" y="3" width="10" height="11" rx="1.500"/><path d="M6 1.800h4v2.400H6zM5.500 9l2 2 3.200-4"/>""",
        ["ok"] = """<path d="M3 8.5l3.2 3L13 4.5"/>""",
        ["board"] = """<rect x="2" y="2.5" width="5" height="5" rx="1"/><rect x="9" y="2.5" width="5" height="5" rx="1"/><rect x="2" y="9" width="5" height="5" rx="1"/><rect x="9" y="9" width="5" height="5" rx="1"/>""",
        ["pen"] = """<path d="M3 13l.7-3L10.5 3.200l2.3 2.300L6 12.3z"/>""",
        ["back"] = """<path d="M6 4L2.5 7.5 6 11"/><path d="M2.5 7.5H10a3.5 3.5 0 0 1 0 7H8"/>""",
        ["clock"] = """<circle cx="8" cy="8" r="5.8"/><path d="M8 4.8V8l2.2 1.5"/>""",
        ["fire"] = """<path d="M8 14C5 14 3.500 12 3.500 9.800 3.500 7 6.2 5.8 6.6 2.200c2 .9 3 2.4 2.900 4.100.6-.3 1-.9 1.200-1.600 1.200 1.300 1.800 3.100 1.800 5C12.500 12 11 14 8 14z"/>""",
        ["people"] = """<circle cx="6" cy="5.500" r="2.500"/><path d="M1.800 13.500c.3-2.600 2-4 4.200-4s3.900 1.400 4.200 4"/><path d="M10.500 3.300a2.400 2.400 0 0 1 0 4.500M12 9.900c1.300.6 2.100 1.800 2.300 3.600"/>""",
        ["phone"] = """<path d="M4 2.5h2.500L7.5 6 6 7.200a8 8 0 0 0 2.8 2.800L10 8.500l3.5 1V12c0 .9-.7 1.5-1.6 1.500A9.6 9.6 0 0 1 2.5 4.100C2.5 3.2 3.1 2.5 4 2.500z"/>""",
        ["mail"] = """<rect x="2" y="3.5" width="12" height="9" rx="1.5"/><path d="M2.5 4.500L8 9l5.5-4.5"/>""",
        ["dash"] = """<path d="M3 8h10"/>""",
        ["find"] = """<circle cx="7" cy="7" r="4.3"/><path d="M10.3 10.300L14 14"/>""",
        ["ask"] = """<circle cx="8" cy="8" r="6"/><path d="M6.2 6.300A1.9 1.9 0 1 1 8 8.500v.9M8 11.500v.2"/>""",
        ["moon"] = """<path d="M13 9.500A5.5 5.5 0 1 1 6.5 3a4.5 4.5 0 0 0 6.5 6.500z"/>""",
        ["out"] = """<path d="M6.5 3H3.500v10h3M9.5 5l3 3-3 3M12.5 8h-6"/>""",
        ["book"] = """<path d="M3 2.500h8.500A1.5 1.5 0 0 1 13 4v9.500H4.500A1.5 1.5 0 0 1 3 12z"/><path d="M5.5 5.500h5M5.5 8h5"/>""",
    };

    /// <summary>Inner SVG of a sign.</summary>
    /// <exception cref="ArgumentException">There is no such sign.</exception>
    public static string Path(string name) => Paths.TryGetValue(name, out var path)
        ? path
        : throw new ArgumentException($"There is no sign '{name}'.", nameof(name));
}
