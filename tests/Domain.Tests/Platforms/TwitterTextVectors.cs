using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Domain.Tests.Platforms;

/// <summary>One test case of twitter-text's conformance files.</summary>
/// <param name="Group">The list it stands in.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Text">The text.</param>
/// <param name="Expected">The fields or the list that follow.</param>
public sealed record TwitterTextVector(string Group, string Description, string Text, string Expected)
{
    /// <summary>A number among the expected fields.</summary>
    public int Number(string field) => int.Parse(
        Regex.Match(Expected, $@"\b{field}: (\d+)", RegexOptions.None, TimeSpan.FromSeconds(5)).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>A truth among the expected fields.</summary>
    public bool Truth(string field) => Expected.Contains($"{field}: true", StringComparison.Ordinal);

    /// <summary>The expected list.</summary>
    public IReadOnlyList<string> Items() =>
        [.. TwitterTextVectors.Quoted().Matches(Expected).Select(m => TwitterTextVectors.Unquote(m.Value))];
}

/// <summary>Reads as much YAML as those files use, from where they stand outside the repository.</summary>
public static partial class TwitterTextVectors
{
    public static IReadOnlyList<TwitterTextVector> Read(string file, string group)
    {
        var path = Folder() is { } folder ? Path.Combine(folder, file) : null;
        if (path is null)
        {
            Assert.Skip("twitter-text's conformance vectors are not here: no folder above the tests holds shared/DESIGN.md.");
        }

        var whole = File.ReadAllText(path, Encoding.UTF8);
        var start = whole.IndexOf($"\n  {group}:\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"{file} has no group {group}");
        var end = GroupEnd().Match(whole, start + 4);
        var body = whole[start..(end.Success ? end.Index : whole.Length)];
        return [.. CaseStart().Split(body).Skip(1).Select(c => Case(group, c))];
    }

    internal static string Unquote(string yaml)
    {
        yaml = yaml.Trim();
        if (yaml.Length < 2 || yaml[0] is not ('"' or '\''))
        {
            return yaml;
        }

        var inner = yaml[1..^1];
        return yaml[0] == '\''
            ? inner.Replace("''", "'", StringComparison.Ordinal)
            : Escape().Replace(inner, m => m.Value[1] switch
            {
                'u' or 'U' or 'x' => CodePoint(int.Parse(m.Value[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
                'n' => "\n",
                't' => "\t",
                var other => other.ToString(),
            });
    }

    [GeneratedRegex("""
        "(\\.|[^"\\])*"|'(''|[^'])*'
        """, RegexOptions.None, 5000)]
    internal static partial Regex Quoted();

    /// <summary>Surrogates are written one by one in these files.</summary>
    private static string CodePoint(int value) => value <= char.MaxValue ? ((char)value).ToString() : char.ConvertFromUtf32(value);

    private static TwitterTextVector Case(string group, string text)
    {
        var body = TextStart().Match(text);
        var expected = text.IndexOf("      expected:", StringComparison.Ordinal);
        return new TwitterTextVector(
            group,
            Unquote(text[..body.Index]),
            Unquote(text[(body.Index + body.Length)..expected]),
            text[(expected + "      expected:".Length)..]);
    }

    private static string? Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "shared", "DESIGN.md")))
            {
                return Path.Combine(at.FullName, "shared", "specs", "x", "twitter-text");
            }
        }

        return null;
    }

    [GeneratedRegex(@"\n  \w+:\n", RegexOptions.None, 5000)]
    private static partial Regex GroupEnd();

    [GeneratedRegex(@"\n    - description: ", RegexOptions.None, 5000)]
    private static partial Regex CaseStart();

    [GeneratedRegex(@"\n      text: ", RegexOptions.None, 5000)]
    private static partial Regex TextStart();

    [GeneratedRegex(@"\\(U[0-9a-fA-F]{8}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", RegexOptions.None, 5000)]
    private static partial Regex Escape();
}
