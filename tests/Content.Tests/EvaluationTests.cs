using System.Globalization;
using System.Text;
using Coordination.Testing;
using Xunit;

namespace Coordination.Content.Tests;

/// <summary>How well the rules find what the labels say, written down in docs/content-checks.md. With WRITE_GOLDEN=1 the table is written anew.</summary>
public sealed class EvaluationTests
{
    private const string Begin = "<!-- evaluation -->\n";
    private const string End = "<!-- end of evaluation -->";

    [Fact]
    public void TheTableInTheDocument_IsWhatTheRulesDo()
    {
        var path = Repository.In("docs", "content-checks.md");
        var document = File.ReadAllText(path);
        var (from, to) = (document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, document.IndexOf(End, StringComparison.Ordinal));
        var table = Table();
        if (string.Equals(Environment.GetEnvironmentVariable("WRITE_GOLDEN"), "1", StringComparison.Ordinal))
        {
            document = document[..from] + table + document[to..];
            File.WriteAllText(path, document);
            to = document.IndexOf(End, StringComparison.Ordinal);
        }

        Assert.Equal(table, document[from..to]);
    }

    [Fact]
    public void TheSet_IsWhatItShouldBe()
    {
        Assert.True(LabelledPost.All.Count >= 300);
        Assert.Equal(LabelledPost.All.Count, LabelledPost.All.Select(p => p.Text).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(LabelledPost.All.Count(p => p.Part is LabelledPost.Open), LabelledPost.All.Count(p => p.Part is LabelledPost.HeldOut));
        Assert.All(LabelledPost.All.SelectMany(p => p.Labels), label => Assert.Contains(label, ContentCheck.Rules.Select(r => r.Id)));
        Assert.All(ContentCheck.Rules, rule => Assert.True(LabelledPost.All.Count(p => p.Labels.Contains(rule.Id, StringComparer.Ordinal)) >= 14, rule.Id));
    }

    private static string Table()
    {
        var table = new StringBuilder("| rule | precision, open | recall, open | precision, held out | recall, held out |\n| --- | --- | --- | --- | --- |\n");
        var found = LabelledPost.All.ToDictionary(p => p.Id, p => ContentCheck.Look(p.Text, ContentFacts.Default).Findings.Select(f => f.Rule.Id).ToHashSet(StringComparer.Ordinal));
        foreach (var rule in ContentCheck.Rules.Select(r => r.Id))
        {
            table.Append(CultureInfo.InvariantCulture, $"| {rule} | {Cells(LabelledPost.Open, p => p.Labels.Contains(rule, StringComparer.Ordinal), p => found[p.Id].Contains(rule))} | {Cells(LabelledPost.HeldOut, p => p.Labels.Contains(rule, StringComparer.Ordinal), p => found[p.Id].Contains(rule))} |\n");
        }

        table.Append(CultureInfo.InvariantCulture, $"| *any finding at all* | {Cells(LabelledPost.Open, p => p.Labels.Count > 0, p => found[p.Id].Count > 0)} | {Cells(LabelledPost.HeldOut, p => p.Labels.Count > 0, p => found[p.Id].Count > 0)} |\n");
        return table.ToString();
    }

    private static string Cells(string part, Func<LabelledPost, bool> wanted, Func<LabelledPost, bool> found)
    {
        var posts = LabelledPost.All.Where(p => string.Equals(p.Part, part, StringComparison.Ordinal)).ToList();
        var right = posts.Count(p => wanted(p) && found(p));
        return string.Create(CultureInfo.InvariantCulture, $"{Share(right, posts.Count(found))} | {Share(right, posts.Count(wanted))}");
    }

    private static string Share(int right, int of) => of == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * right / of:0} % ({right} of {of})");
}
