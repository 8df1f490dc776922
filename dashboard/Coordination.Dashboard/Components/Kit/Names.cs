using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.Platforms;

namespace Coordination.Dashboard.Components.Kit;

/// <summary>Ids as words.</summary>
public static class Names
{
    /// <summary><c>sutton-coldfield</c> as <c>Sutton Coldfield</c>.</summary>
    public static string Place(string? id) => string.Join(' ', (id ?? "").Split('-', StringSplitOptions.RemoveEmptyEntries).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    /// <summary><c>fire-cadets</c> as <c>Fire cadets</c>.</summary>
    public static string Department(string? id)
    {
        var words = (id ?? "").Replace('-', ' ');
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>The platform's name; the id itself for one that is not known.</summary>
    public static string OfPlatform(string id) => Platform.TryFind(id, out var platform) ? platform.Name : id;

    /// <summary>A role by its id, as on screen; an unknown one as it is written.</summary>
    public static string OfRole(string id) => Roles.TryParse(id, out var role) ? role.Name() : id;

    /// <summary>The platform in two letters or so, for a chip.</summary>
    public static string Chip(string platformId) => platformId switch
    {
        "x" => "X",
        "facebook" => "FB",
        "mastodon" => "MA",
        "bluesky" => "BS",
        "threads" => "TH",
        _ => platformId.Length > 2 ? platformId[..2].ToUpperInvariant() : platformId.ToUpperInvariant(),
    };

    /// <summary>Where an account belongs: its station, its department, or the whole service.</summary>
    public static string Home(AccountLabels labels) =>
        labels.Station is { } station ? Place(station)
        : labels.Department is { } department ? Department(department)
        : labels.Area is { } area ? Place(area)
        : "Whole service";

    /// <summary><c>1 account</c>, <c>14 accounts</c>.</summary>
    public static string Count(int n, string one, string? many = null) => n == 1 ? $"1 {one}" : FormattableString.Invariant($"{n:#,0} {many ?? one + "s"}");

    /// <summary>A scope in a few words: <c>Coventry, local accounts</c>; after its name, where it has one: <c>Cadets (6 accounts)</c>.</summary>
    public static string Of(Scope scope) => scope.Name is { } name ? $"{name} ({Contents(scope)})" : Contents(scope);

    /// <summary>What is in a scope, whatever it is called.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="most">Most labels of one sort that are named; of more it says how many.</param>
    public static string Contents(Scope scope, int most = 3)
    {
        var parts = new List<string>();
        Add(parts, scope.Areas, Place, most);
        Add(parts, scope.Stations, Place, most);
        Add(parts, scope.Departments, Department, most);
        if (scope.Accounts is { Count: > 0 } accounts)
        {
            parts.Add(accounts.Count <= most ? And(accounts) : Count(accounts.Count, "account"));
        }

        var what = scope.Kinds is { Count: 1 } kinds ? kinds[0] + " accounts" : null;
        var on = scope.Platforms is { Count: > 0 } platforms ? "on " + And([.. platforms.Select(OfPlatform)]) : null;
        var tail = string.Join(' ', new[] { what ?? (on is null ? null : "accounts"), on }.OfType<string>());
        var words = parts.Count == 0
            ? tail.Length == 0 ? (scope.All ? "Everything" : "Nothing") : "All " + tail
            : string.Join(", ", parts) + (tail.Length == 0 ? "" : ", " + tail);
        return scope.Except is { IsEmpty: false } except ? $"{words}, except {Contents(except, most)}" : words;
    }

    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c>.</summary>
    public static string And(IReadOnlyList<string> words) => words.Count switch
    {
        0 => "",
        1 => words[0],
        _ => string.Join(", ", words.Take(words.Count - 1)) + " and " + words[^1],
    };

    /// <summary>The first <paramref name="most"/> characters, whole words where it can.</summary>
    public static string Start(string text, int most)
    {
        var line = text.ReplaceLineEndings(" ");
        if (line.Length <= most)
        {
            return line;
        }

        var cut = line.LastIndexOf(' ', most - 1);
        return line[..(cut > most / 2 ? cut : most - 1)].TrimEnd() + "…";
    }

    private static void Add(List<string> parts, IReadOnlyList<string>? ids, Func<string?, string> word, int most)
    {
        if (ids is { Count: > 0 })
        {
            parts.Add(ids.Count <= most ? And([.. ids.Select(word)]) : And([.. ids.Take(most - 1).Select(word), $"{ids.Count - most + 1} more"]));
        }
    }
}
