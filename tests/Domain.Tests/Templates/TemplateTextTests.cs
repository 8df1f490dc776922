using Coordination.Domain.Templates;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Templates;

public sealed class TemplateTextTests
{
    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);

    // Words with braces in them, as they stand in a post.
    private static readonly Gen<string> Words = Gen.String[Gen.Char["ab {}\n.é"], 1, 12];
    private static readonly Gen<string> Names = Gen.String[Gen.Char["abcXYZ09-"], 1, TemplateText.LongestField];
    private static readonly Gen<TemplatePart[]> SomeParts = Gen.OneOf(Words.Select(w => new TemplatePart(w, false)), Names.Select(n => new TemplatePart(n, true))).Array[1, 12];

    [Theory]
    [InlineData("Road closed", "'Road closed'")]
    [InlineData("{place}", "place")]
    [InlineData("At {place} from {date and time}.", "'At ' place ' from ' date and time '.'")]
    [InlineData("{place}{place}", "place place")]
    [InlineData("{ place }", "place")]
    [InlineData("{place} or {PLACE}", "place ' or ' place")]
    [InlineData("{{place}}", "'{place}'")]
    [InlineData("{{{place}}}", "'{' place '}'")]
    [InlineData("{{}}", "'{}'")]
    [InlineData("{{{{ }}}}", "'{{ }}'")]
    [InlineData("{Ort-2 größe}", "Ort-2 größe")]
    [InlineData("One\n{two}\nthree", "'One\n' two '\nthree'")]
    public void Read_TakesTheTextApart(string text, string parts)
    {
        Assert.Null(TemplateText.Read(text, out var read));
        Assert.Equal(parts, string.Join(' ', read!.Parts.Select(p => p.IsField ? p.Text : $"'{p.Text}'")));
    }

    [Theory]
    [InlineData("At {place", "begins here and does not end: line 1, character 4, at “{place”")]
    [InlineData("{", "begins here and does not end: line 1, character 1, at “{”")]
    [InlineData("{{{", "begins here and does not end: line 1, character 3,")]
    [InlineData("{one {two}", "begins here and does not end: line 1, character 1,")]
    [InlineData("At place}", "ends here that does not begin: line 1, character 9, at “}”")]
    [InlineData("{place}}", "ends here that does not begin: line 1, character 8,")]
    [InlineData("First\nthen {}", "has no name: line 2, character 6, at “{}”")]
    [InlineData("{ }", "has no name: line 1, character 1,")]
    [InlineData("🚒 {a/b}", "does not belong in it: line 1, character 3, at “{a/b}”")]
    [InlineData("{a\nb}", "does not belong in it: line 1, character 1, at “{a…”")]
    [InlineData("{a_b}", "does not belong in it")]
    [InlineData("{0123456789012345678901234567890123456789+}", "has 41 characters; 40 fit: line 1, character 1, at “{01234567890123456789012…”")]
    public void Read_SaysWhatIsWrong_AndWhere(string text, string says)
    {
        var refusal = TemplateText.Read(text, out var read)!;

        Assert.Null(read);
        Assert.Equal("template-text-invalid", refusal.Code);
        Assert.Contains(says, refusal.Reason, StringComparison.Ordinal);
        Assert.Contains("Nothing was saved.", refusal.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "text-empty")]
    [InlineData("", "text-empty")]
    [InlineData(" \n", "text-empty")]
    public void Read_Refuses_WhatSaysNothing(string? text, string code) => Assert.Equal(code, TemplateText.Read(text, out _)?.Code);

    [Fact]
    public void Read_KnowsItsBounds()
    {
        Assert.Null(TemplateText.Read(new string('a', TemplateText.Longest), out _));
        Assert.Equal("text-too-long", TemplateText.Read(new string('a', TemplateText.Longest + 1), out _)?.Code);
        Assert.Null(TemplateText.Read("{" + new string('a', TemplateText.LongestField) + "}", out _));

        // The same field may come as often as it likes.
        Assert.Null(TemplateText.Read(Fields(TemplateText.MostFields) + Fields(TemplateText.MostFields), out var read));
        Assert.Equal(TemplateText.MostFields, read!.Fields.Count);
        var many = TemplateText.Read(Fields(TemplateText.MostFields + 1), out _)!;
        Assert.Contains("More than 20 different fields", many.Reason, StringComparison.Ordinal);
        Assert.Contains("at “{field 21}”", many.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("At {place}, {place}: {when}", "place=Aston", "At Aston, Aston: {when}")]
    [InlineData("At {Place} and {place}", "Place=Aston", "At Aston and Aston")]
    [InlineData("At { place }", "", "At {place}")]
    [InlineData("At {place}", "place= ", "At {place}")]
    [InlineData("At {place}, {when}", "place={when}|when=noon", "At {when}, noon")]
    [InlineData("At {place}", "place={{x}} {", "At {{x}} {")]
    [InlineData("{{place}}", "place=Aston", "{place}")]
    public void Fill_PutsValuesIn_AndLeavesTheRestVisible(string text, string values, string filled)
    {
        Assert.Null(TemplateText.Read(text, out var read));
        Assert.Equal(filled, read!.Fill(values.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1], StringComparer.Ordinal)));
    }

    [Fact]
    public void Fill_TakesNoLongerValue_ThanFits()
    {
        TemplateText.Read("{place}", out var read);
        Assert.Equal(TemplateText.LongestValue, read!.Fill(With(new string('a', TemplateText.LongestValue))).Length);
        Assert.Throws<ArgumentException>(() => read.Fill(With(new string('a', TemplateText.LongestValue + 1))));

        static Dictionary<string, string> With(string value) => new(StringComparer.Ordinal) { ["place"] = value };
    }

    // Whatever is written as a template reads as what was meant, and filled with what was meant gives it.
    [Fact]
    public void Read_FindsWhatWasWritten() => SomeParts.SampleSeeded(parts =>
    {
        Assert.Null(TemplateText.Read("x" + Written(parts), out var read));
        var first = parts.Where(p => p.IsField).Select(p => p.Text).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        Assert.Equal(first, read!.Fields);
        var values = first.ToDictionary(f => f, f => $"<{f.ToUpperInvariant()}>{{{f}}}", StringComparer.Ordinal);
        Assert.Equal("x" + string.Concat(parts.Select(p => !p.IsField ? p.Text : values[first.First(f => string.Equals(f, p.Text, StringComparison.OrdinalIgnoreCase))])), read.Fill(values));
        Assert.Equal("x" + string.Concat(parts.Select(p => !p.IsField ? p.Text : $"{{{first.First(f => string.Equals(f, p.Text, StringComparison.OrdinalIgnoreCase))}}}")), read.Fill(Nothing));
    });

    [Fact]
    public void Read_AnswersToAnything() => Gen.String[Gen.Char["{}{} aß-\n\0😀"], 0, 60].SampleSeeded(text =>
        TemplateText.Read(text, out var read) is { } refusal
            ? read is null && refusal.Reason.Contains("Nothing was saved.", StringComparison.Ordinal)
            : read!.Parts.Count > 0);

    private static string Fields(int count) => string.Concat(Enumerable.Range(1, count).Select(n => $"{{field {n}}}"));

    private static string Written(IEnumerable<TemplatePart> parts) => string.Concat(parts.Select(p => p.IsField
        ? $"{{{p.Text}}}"
        : p.Text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)));
}
